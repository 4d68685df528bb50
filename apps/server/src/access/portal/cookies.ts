/** The cookie of a portal session, as text in and out. */

/** `__Host-` binds it to this host and to https; on plain loopback http browsers would refuse that. */
function nameOf(secure: boolean): string {
  return secure ? '__Host-logonscope' : 'logonscope';
}

/** The token in a Cookie header, or null. */
export function tokenIn(header: string | undefined, secure: boolean): string | null {
  const start = `${nameOf(secure)}=`;
  const pair = header?.split(/; */).find((one) => one.startsWith(start));
  const token = pair?.slice(start.length) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

export interface CookieFacts {
  readonly secure: boolean;
  /** Null lets the browser forget it when it is closed. */
  readonly maxAgeSeconds: number | null;
}

/** The Set-Cookie header of a session: unreadable for scripts, not sent along by other sites' forms. */
export function sessionCookie(token: string, { secure, maxAgeSeconds }: CookieFacts): string {
  const age = maxAgeSeconds === null ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${nameOf(secure)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
}

/** The Set-Cookie header that makes a browser forget the session. */
export function noSessionCookie(secure: boolean): string {
  return sessionCookie('', { secure, maxAgeSeconds: 0 });
}
