/** Keys of an original config.ini that are accepted and change nothing any more, each with the reason. */

const SAFE = 'cookies of the portal are always HttpOnly.';
const ONE_PROCESS = 'one process serves all; start more behind a proxy where one is not enough.';
const LIST = 'forwarding headers count from the addresses of TRUSTED_PROXIES, and from nobody else.';
const NAMED = 'files of the portal are named by their content.';
const WATCH = 'the server does not watch its own files.';

export const RETIRED: Readonly<Record<string, string>> = {
  'app.UVICORN_WORKERS': ONE_PROCESS,
  'server.WORKERS': ONE_PROCESS,
  'server.MAX_REQUESTS': ONE_PROCESS,
  'server.MAX_REQUESTS_JITTER': ONE_PROCESS,
  'server.WORKER_LIFETIME': ONE_PROCESS,
  'server.DEVELOPMENT_MODE': WATCH,
  'server.WATCH_FILES': WATCH,
  'server.GRACEFUL_SHUTDOWN': 'requests that run are always finished first.',
  'database.SQLALCHEMY_TRACK_MODIFICATIONS': 'it belonged to a library that is not used.',
  'session.SESSION_COOKIE_HTTPONLY': SAFE,
  'session.REMEMBER_COOKIE_HTTPONLY': SAFE,
  'session.SESSION_COOKIE_SECURE': 'cookies are Secure whenever the portal is reached over https.',
  'session.REMEMBER_COOKIE_SECURE': 'cookies are Secure whenever the portal is reached over https.',
  'session.SESSION_COOKIE_SAMESITE': 'cookies of the portal are always SameSite=Lax.',
  'cache.STATIC_MAX_AGE': NAMED,
  'cache.IMAGE_MAX_AGE': NAMED,
  'cache.JS_CSS_MAX_AGE': NAMED,
  'cache.ENABLE_COMPRESSION': 'answers are packed when the client can read that.',
  'cache.COMPRESSION_LEVEL': 'answers are packed when the client can read that.',
  'cache.COMPRESSION_MIN_SIZE': 'answers are packed when the client can read that.',
  'security.CONTENT_SECURITY_POLICY': 'the policy is built in and allows nothing inline.',
  'security.ENABLE_SECURITY_HEADERS': 'the headers are always sent.',
  'security.FEATURE_POLICY': 'the headers are always sent.',
  'proxy.PROXY_COUNT': LIST,
  'proxy.TRUST_X_FORWARDED_FOR': LIST,
  'proxy.TRUST_X_FORWARDED_PROTO': LIST,
  'proxy.TRUST_X_FORWARDED_HOST': LIST,
  'proxy.TRUST_X_FORWARDED_PORT': LIST,
  'proxy.TRUST_X_FORWARDED_PREFIX': LIST,
  'logging.DB_LOGGING_ENABLED': 'failures are always kept in the error log.',
  'logging.DB_LOGGING_FILTERED_LOGGERS': 'nothing is filtered from the error log.',
  'logging.DB_LOGGING_FILTERED_PATTERNS': 'nothing is filtered from the error log.',
  'logging.DB_LOGGING_DEDUPE_INTERVAL': 'nothing is filtered from the error log.',
  'logging.FILTER_FILE_WATCHER_LOGS': WATCH,
};
