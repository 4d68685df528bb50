/** What must never reach a log line. */

const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key', 'x-csrf-token', 'set-cookie'] as const;
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'currentPassword',
  'apiKey',
  'key',
  'secret',
  'token',
  'code',
];

/** Pino's options: paths whose values are replaced, wherever a line holds a request, a reply or a body. */
export const redactions = {
  redact: {
    paths: [
      ...SECRET_HEADERS.flatMap((name) => [
        `req.headers["${name}"]`,
        `res.headers["${name}"]`,
        `headers["${name}"]`,
      ]),
      ...SECRET_FIELDS.flatMap((name) => [name, `body.${name}`, `*.${name}`]),
    ],
    censor: '[not logged]',
  },
};
