/** Whose it is: one key and one name per account, however a log happens to write it. */

/** What a session or an event says about its account. */
export interface AccountTraits {
  readonly user: string | null;
  readonly domain: string | null;
  readonly sid: string | null;
}

/** What a person typed to name an account; see `parseAccount`. */
export type AccountQuery =
  | { readonly by: 'sid'; readonly sid: string }
  /** `domain` null matches any domain; `.` is the computer itself. */
  | { readonly by: 'name'; readonly user: string; readonly domain: string | null };

/** Keys and names of all accounts of some log; see `accountBook`. */
export interface AccountBook {
  keyOf(account: AccountTraits): string;
  /** Name for people: `CORP\alice`, else `alice`, else the SID, else a dash. */
  nameOf(key: string): string;
}

/** "Nobody": what failed logons of unknown accounts carry instead of a SID. */
const NO_SID = 'S-1-0-0';
const SID = /^S-1-\d+(-\d+)+$/i;

/**
 * The account's identity: its SID, else `domain\user`, else the user name, without regard to case. Two sources
 * may name one account differently; `accountBook` brings those together.
 */
export function accountKey({ sid, domain, user }: AccountTraits): string {
  if (sid !== null && sid !== '' && sid !== NO_SID) return sid.toUpperCase();
  return nameKey(domain, user);
}

/**
 * Reads all accounts of a log once. An account without a SID gets the SID that its `domain\user` has elsewhere in
 * the log, if that is one and the same; the name shown is the first in the alphabet of those a key was written with.
 */
export function accountBook(accounts: Iterable<AccountTraits>): AccountBook {
  const sidOfName = new Map<string, string | null>();
  const names = new Map<string, string>();
  for (const account of accounts) {
    const key = accountKey(account);
    const name = nameKey(account.domain, account.user);
    if (key !== name && account.user !== null && account.domain !== null) {
      const known = sidOfName.get(name);
      sidOfName.set(name, known === undefined || known === key ? key : null);
    }
    const shown = shownName(account);
    const before = names.get(key);
    if (shown !== null && (before === undefined || comesBefore(shown, before))) names.set(key, shown);
  }
  return {
    keyOf(account) {
      const key = accountKey(account);
      return sidOfName.get(key) ?? key;
    },
    nameOf: (key) => names.get(key) ?? (key === '' ? '-' : key),
  };
}

/**
 * Understands `alice`, `CORP\alice`, `.\alice` (an account of the computer itself), `alice@corp.example` and a SID.
 * Blanks around it do not matter.
 */
export function parseAccount(text: string): AccountQuery {
  const typed = text.trim();
  if (SID.test(typed)) return { by: 'sid', sid: typed.toUpperCase() };
  const slash = typed.indexOf('\\');
  if (slash >= 0) return byName(typed.slice(slash + 1), typed.slice(0, slash));
  const sign = typed.lastIndexOf('@');
  if (sign > 0) return byName(typed.slice(0, sign), typed.slice(sign + 1));
  return byName(typed, null);
}

/** Whether an account is the one asked for. `corp` and `corp.example` count as one domain, as logs use both. */
export function matchesAccount(
  account: AccountTraits & { readonly computer?: string },
  query: AccountQuery,
): boolean {
  if (query.by === 'sid') return account.sid?.toUpperCase() === query.sid;
  if (account.user?.toLowerCase() !== query.user) return false;
  if (query.domain === null) return true;
  const domain = account.domain?.toLowerCase() ?? null;
  if (query.domain === '.') return domain !== null && domain === account.computer?.toLowerCase();
  return domain !== null && sameDomain(domain, query.domain);
}

function byName(user: string, domain: string | null): AccountQuery {
  return {
    by: 'name',
    user: user.toLowerCase(),
    domain: domain === '' ? null : (domain?.toLowerCase() ?? null),
  };
}

/** Equal, or one is the short form of the other; two dotted names must be equal. */
function sameDomain(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.includes('.') === other.includes('.')) return false;
  return one.split('.', 1)[0] === other.split('.', 1)[0];
}

function nameKey(domain: string | null, user: string | null): string {
  const name = user?.toLowerCase() ?? '';
  return domain === null || domain === '' ? name : `${domain.toLowerCase()}\\${name}`;
}

function shownName({ user, domain }: AccountTraits): string | null {
  if (user === null || user === '') return null;
  return domain === null || domain === '' ? user : `${domain}\\${user}`;
}

/** A name with a domain says more than one without; among equals the alphabet decides, so that order does not. */
function comesBefore(one: string, other: string): boolean {
  const [oneFull, otherFull] = [one.includes('\\'), other.includes('\\')];
  return oneFull === otherFull ? one < other : oneFull;
}
