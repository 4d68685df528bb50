/** The cookie of a session that just began, as headers of the answer. */
import type { Access } from '../../access/access.ts';
import { sessionCookie } from '../../access/portal/cookies.ts';
import type { BegunSession } from '../../access/portal/sessions.ts';

/** One who asked to be remembered keeps it when the browser is closed. */
export function cookieOf({ portal, secure }: Access, { token, row }: BegunSession): Record<string, string> {
  const ageMs = row.expires_at - portal.clock();
  const maxAgeSeconds = row.remember ? Math.floor(ageMs / 1_000) : null;
  return { 'set-cookie': sessionCookie(token, { secure, maxAgeSeconds }), 'cache-control': 'no-store' };
}
