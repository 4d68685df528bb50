/** Refusals in the words of winauthmon-server, for the endpoints that its agents use. */
import { LEGACY_KEY_MESSAGES, type LegacyRefusal } from '@logonscope/protocol';
import type { AppError } from '../app-error.ts';

/** How `access` names what is wrong with a key. */
const KEY_MESSAGES: Readonly<Record<string, string>> = {
  'key/missing': LEGACY_KEY_MESSAGES.missing,
  'key/unknown': LEGACY_KEY_MESSAGES.unknown,
  'key/disabled': LEGACY_KEY_MESSAGES.disabled,
  'key/expired': LEGACY_KEY_MESSAGES.disabled,
};

function rateMessage({ rateLimit, message }: AppError): string {
  if (rateLimit === null) return message;
  const { requests, periodSeconds } = rateLimit;
  return `Rate limit of ${requests} requests per ${periodSeconds} seconds exceeded`;
}

/** What an old agent is told instead of the problem. */
export function legacyRefusalOf(refusal: AppError): LegacyRefusal {
  const ofKey = KEY_MESSAGES[refusal.code];
  if (ofKey !== undefined) return { message: ofKey };
  if (refusal.kind === 'too-many') return { error: 'Too many requests', message: rateMessage(refusal) };
  const { fields, message } = refusal;
  const [first] = fields;
  if (first === undefined) return { message, status: 'error' };
  return {
    message:
      first.field === 'Timestamp' && refusal.code === 'ingest/bad-time'
        ? message
        : `Failed to log event: '${first.field}': ${first.expected}`,
    status: 'error',
    errors: fields,
  };
}
