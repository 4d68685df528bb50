/** Text patterns of filters: `*` stands for anything, upper and lower case are the same. */
import { type AccountTraits, matchesAccount, parseAccount } from '../queries/account.ts';
import { addressPattern } from '../reports/addresses.ts';

/**
 * A test for the whole of a text. Walks both once and returns to the last star at most once per character, so that no
 * pattern costs more than the product of the lengths, unlike a regular expression.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return (text) => text.toLowerCase() === wanted;
  return (text) => fits(wanted, text.toLowerCase());
}

function fits(wanted: string, text: string): boolean {
  let [at, in_] = [0, 0];
  let star = -1;
  let resumeAt = 0;
  while (in_ < text.length) {
    if (wanted[at] === '*') {
      star = at++;
      resumeAt = in_;
    } else if (wanted[at] === text[in_]) {
      at++;
      in_++;
    } else if (star >= 0) {
      at = star + 1;
      in_ = ++resumeAt;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

/** Accounts that a person means by `alice`, `CORP\alice`, `alice@corp`, a SID, or any of these with a star in it. */
export function accountPattern(
  pattern: string,
): (account: AccountTraits & { readonly computer?: string }) => boolean {
  if (!pattern.includes('*')) {
    const query = parseAccount(pattern);
    return (account) => matchesAccount(account, query);
  }
  const test = wildcard(pattern);
  if (isSidPattern(pattern)) return ({ sid }) => sid !== null && test(sid);
  if (!pattern.includes('\\')) return ({ user }) => user !== null && test(user);
  return ({ user, domain }) => user !== null && test(`${domain ?? ''}\\${user}`);
}

/** Whether a pattern with a star is meant for SIDs. */
export function isSidPattern(pattern: string): boolean {
  return /^s-1-/i.test(pattern);
}

/** Computers by short or full name. */
export function computerPattern(
  pattern: string,
): (place: { readonly computer: string; readonly computerFqdn: string | null }) => boolean {
  const test = wildcard(pattern);
  return ({ computer, computerFqdn }) => test(computer) || (computerFqdn !== null && test(computerFqdn));
}

/** Addresses: one, a block such as `10.1.0.0/16`, or a text with stars. */
export function addressTest(pattern: string): (address: string | null) => boolean {
  const test = pattern.includes('*') ? wildcard(pattern) : addressPattern(pattern);
  return (address) => address !== null && test(address);
}
