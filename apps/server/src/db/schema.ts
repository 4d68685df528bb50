/** Every table of the store as Kysely sees it; the migrations make them, nothing else knows their columns. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
type InstantMs = number;
/** 0 or 1: the one form of a truth value that all four databases bind and read alike. */
export type Flag = 0 | 1;
/** JSON as text; the databases never look into it. */
type JsonText = string;

/** A tenant. */
export interface Companies {
  id: number;
  name: string;
  /** Lower case; unique. */
  name_key: string;
  description: string | null;
  is_active: Flag;
  /** `inherit`, `required` or `optional`. */
  mfa_policy: string;
  /** Days that each class of data is kept: 0 for ever, null as the installation says. */
  keep_events_days: number | null;
  keep_sessions_days: number | null;
  keep_totals_days: number | null;
  keep_audit_days: number | null;
  keep_errors_days: number | null;
  settings: JsonText | null;
  created_at: InstantMs;
}

/** A place of a company; its computers report with its keys. */
export interface Sites {
  company_id: number;
  id: number;
  name: string;
  name_key: string;
  is_active: Flag;
  created_at: InstantMs;
}

/** A key of a site; only its hash is kept. */
export interface ApiKeys {
  company_id: number;
  id: number;
  site_id: number;
  description: string | null;
  /** First characters, for people to tell keys apart. */
  prefix: string;
  /** SHA-256 of the key as 64 hex digits; unique over all companies. */
  key_hash: string;
  is_active: Flag;
  created_at: InstantMs;
  created_by: number | null;
  expires_at: InstantMs | null;
  last_used_at: InstantMs | null;
  last_used_from: string | null;
}

export interface ApiKeyUsage {
  company_id: number;
  key_id: number;
  /** Days since 1970-01-01, UTC. */
  day: number;
  requests: number;
  events: number;
  errors: number;
}

export interface Users {
  id: number;
  username: string;
  username_key: string;
  email: string;
  email_key: string;
  password_hash: string;
  /** Global role: `User`, `Admin` or `GlobalAdmin`. */
  role: string;
  is_active: Flag;
  must_change_password: Flag;
  /** Encrypted. */
  mfa_secret: string | null;
  mfa_enabled: Flag;
  /** Null inherits from the company or the installation. */
  mfa_required: Flag | null;
  /** Last time step that a code was accepted for: no code works twice. */
  mfa_last_step: number | null;
  failed_logins: number;
  locked_until: InstantMs | null;
  created_at: InstantMs;
  last_login_at: InstantMs | null;
  password_changed_at: InstantMs | null;
  /** Not used: `provider_accounts` tells who a person is at a sign-in provider. */
  oidc_subject: string | null;
}

export interface Memberships {
  company_id: number;
  user_id: number;
  /** `User` or `CompanyAdmin`. */
  role: string;
  created_at: InstantMs;
}

export interface RecoveryCodes {
  user_id: number;
  code_hash: string;
  used_at: InstantMs | null;
  created_at: InstantMs;
}

/** A signed-in browser; the token itself is never kept. */
export interface PortalSessions {
  token_hash: string;
  user_id: number;
  /** `password`, `mfa_pending`, `mfa_enrol` or `full`. */
  stage: string;
  csrf_token: string;
  data: JsonText | null;
  address: string | null;
  user_agent: string | null;
  remember: Flag;
  created_at: InstantMs;
  last_seen_at: InstantMs;
  expires_at: InstantMs;
}

/** Append-only; each row's hash covers the row before it. `company_id` 0 is the installation itself. */
export interface AuditTrail {
  company_id: number;
  seq: number;
  at: InstantMs;
  user_id: number | null;
  user_name: string | null;
  action: string;
  target: string | null;
  outcome: string;
  address: string | null;
  request_id: string | null;
  detail: JsonText | null;
  previous_hash: string;
  hash: string;
}

export interface ErrorLog {
  id: number;
  at: InstantMs;
  level: string;
  logger: string | null;
  message: string;
  stack: string | null;
  method: string | null;
  path: string | null;
  request_id: string | null;
  user_id: number | null;
  company_id: number | null;
  address: string | null;
}

export interface AllowedDomains {
  domain: string;
  created_at: InstantMs;
}

export interface AppSettings {
  name: string;
  value: JsonText;
  updated_at: InstantMs;
}

export interface Leases {
  name: string;
  owner: string;
  until: InstantMs;
}

export interface Computers {
  company_id: number;
  id: number;
  /** Without domain, upper case; unique in its company. */
  name: string;
  fqdn: string | null;
  /** Site of the key that reported last. */
  site_id: number | null;
  first_event_at: InstantMs | null;
  last_event_at: InstantMs | null;
  /** When the server heard of it last. */
  last_seen_at: InstantMs;
  /** What closed sessions are counted to: the computer's last sign of life in the data. */
  as_of: InstantMs | null;
  /** How much of its history new events can still reach; see fold/horizon.ts. */
  fold_state: JsonText | null;
  /** End of the last session that is kept beyond its events; null where there is none. */
  kept_until: InstantMs | null;
  /** End of the last span of life that an imported log told of; null where none did. */
  life_until: InstantMs | null;
  agent_version: string | null;
  /** What the agent says of itself: backlog, skew, audit policy. */
  agent_health: JsonText | null;
  created_at: InstantMs;
}

/** Up to where an agent's spool is stored: it may delete what lies before. */
export interface AgentCursors {
  company_id: number;
  computer_id: number;
  spool_epoch: string;
  stored_through: number;
  updated_at: InstantMs;
}

export interface Events {
  company_id: number;
  computer_id: number;
  time: InstantMs;
  /** First 52 bits of the hash of the event's identity; see identity.ts. */
  hash: number;
  received_at: InstantMs;
  site_id: number | null;
  signal: string;
  event_id: number | null;
  channel: string | null;
  /** The account's key (core `accountKey`), up to 255 characters. */
  account: string | null;
  /** Lower case, up to 255 characters. */
  user_name: string | null;
  source_address: string | null;
  logon_id: string | null;
  retry: number;
  /** The event as JSON, without its nulls; see event-body.ts. */
  body: JsonText;
}

export interface Sessions {
  company_id: number;
  computer_id: number;
  start_at: InstantMs;
  id: string;
  site_id: number | null;
  account: string;
  /** Lower case, up to 255 characters. */
  user_name: string;
  kind: string;
  start_by: string;
  end_at: InstantMs | null;
  end_by: string;
  /** Time of the event that settled it: nothing after it changes the session. Null while something may. */
  evidence_to: InstantMs | null;
  /** Figures in milliseconds. */
  duration_ms: number;
  use_ms: number;
  use_min_ms: number;
  use_max_ms: number;
  away_ms: number;
  locked_ms: number;
  disconnected_ms: number;
  screensaver_ms: number;
  asleep_ms: number;
  logging_off_ms: number;
  paused_ms: number;
  elevated: Flag;
  lock_data: Flag;
  logon_type: number | null;
  terminal_session_id: number | null;
  source_address: string | null;
  client_name: string | null;
  event_count: number;
  findings: string | null;
  updated_at: InstantMs;
  /** When its events were deleted by rule: it stands as it was then. Null while its events tell it. */
  kept_since: InstantMs | null;
  /** The session with its ledger as JSON; `sessionOfRow` reads it. */
  body: JsonText;
}

/** Who a person of the portal is at a sign-in provider. */
export interface ProviderAccounts {
  /** SHA-256 of issuer and subject: both may be longer than a key. */
  digest: string;
  user_id: number;
  issuer: string;
  subject: string;
  created_at: InstantMs;
  last_login_at: InstantMs | null;
}

/** What works once and was used: kept until it would have expired by itself. */
export interface SpentTokens {
  digest: string;
  expires_at: InstantMs;
}

/** Records of a channel that were in an imported log, one after the other and without a long silence. */
export interface LifeSpans {
  company_id: number;
  computer_id: number;
  channel: string;
  from_at: InstantMs;
  to_at: InstantMs;
  first_record: number;
  last_record: number;
}

/** How many events of a signal a site sent on a day (UTC). */
export interface DayTotals {
  company_id: number;
  /** 0 where the key belongs to no site. */
  site_id: number;
  /** Days since 1970-01-01. */
  day: number;
  signal: string;
  events: number;
}

/** A file given to the server, and how far it has been read. */
export interface Imports {
  company_id: number;
  id: number;
  site_id: number | null;
  user_id: number | null;
  file_name: string;
  bytes: number;
  /** `waiting`, `running`, `done` or `failed`. */
  state: string;
  events_read: number;
  events_stored: number;
  events_known: number;
  problem_count: number;
  problems: JsonText | null;
  created_at: InstantMs;
  finished_at: InstantMs | null;
}

/** The whole store. */
export interface Tables {
  companies: Companies;
  sites: Sites;
  api_keys: ApiKeys;
  api_key_usage: ApiKeyUsage;
  users: Users;
  memberships: Memberships;
  recovery_codes: RecoveryCodes;
  portal_sessions: PortalSessions;
  audit_trail: AuditTrail;
  error_log: ErrorLog;
  allowed_domains: AllowedDomains;
  app_settings: AppSettings;
  leases: Leases;
  computers: Computers;
  agent_cursors: AgentCursors;
  events: Events;
  sessions: Sessions;
  day_totals: DayTotals;
  imports: Imports;
  provider_accounts: ProviderAccounts;
  spent_tokens: SpentTokens;
  life_spans: LifeSpans;
}
