/** Where to go after the login: only ever within this site. */

const HOME = '/';
const CHARS_MAX = 2_000;
/** Only there to have something to resolve against; an address that leaves it is refused. */
const HERE = 'http://here.invalid';

/** The local path of `next`, or the home page for whatever would lead elsewhere. */
export function localPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.length > CHARS_MAX || /[\\\p{Cc}]/u.test(next)) return HOME;
  const address = URL.canParse(next, HERE) ? new URL(next, HERE) : null;
  if (address === null || address.origin !== HERE || address.pathname.startsWith('//')) return HOME;
  return address.pathname + address.search + address.hash;
}
