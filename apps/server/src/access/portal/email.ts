/** Names and e-mail addresses as keys: how they are compared, and which domains may have accounts. */

/** Lower case and composed, so that `GA` and `ga`, and two ways to write é, are one. */
export function nameKey(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

const LABEL = /^[a-z0-9\u0080-\u{10ffff}]([a-z0-9\u0080-\u{10ffff}-]{0,61}[a-z0-9\u0080-\u{10ffff}])?$/u;
const DOMAIN_CHARS_MAX = 253;
const EMAIL_CHARS_MAX = 254;

/** `@Foo.ORG` → `foo.org`; null for what is no domain of at least two labels. */
export function domainOf(text: string): string | null {
  const domain = nameKey(text).replace(/^@/, '');
  const labels = domain.split('.');
  const wellFormed = labels.length >= 2 && labels.every((label) => LABEL.test(label));
  return wellFormed && domain.length <= DOMAIN_CHARS_MAX ? domain : null;
}

/** The parts of an address, or null. Whether the domain exists is not asked: a server without DNS can have users. */
export function emailParts(text: string): { local: string; domain: string } | null {
  const address = text.trim();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = domainOf(address.slice(at + 1));
  if (at < 1 || domain === null || address.length > EMAIL_CHARS_MAX) return null;
  return /^[^\s@"<>(),:;\\[\]\p{C}]+$/u.test(local) && local.length <= 64 ? { local, domain } : null;
}

/** User names: 2 to 20 characters that read the same everywhere; an @ would make a name look like an address. */
export function isUserName(text: string): boolean {
  const name = text.normalize('NFKC').trim();
  return /^[\p{L}\p{N}][\p{L}\p{N}._ '-]*$/u.test(name) && [...name].length >= 2 && [...name].length <= 20;
}

/** Whether an address may have an account; a domain in the list does not admit its subdomains. */
export function isAllowedAddress(
  email: string,
  { restrictDomains, domains }: { restrictDomains: boolean; domains: readonly string[] },
): boolean {
  const parts = emailParts(email);
  return parts !== null && (!restrictDomains || domains.includes(parts.domain));
}
