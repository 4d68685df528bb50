/** What to switch on so that Windows writes the events we need: subcategories, commands and policy paths. */
import { PROVIDERS } from './index.ts';

/** One audit subcategory and what it brings. */
export interface AuditAdvice {
  readonly subcategory: string;
  /** The same in every language of Windows, unlike the name. */
  readonly guid: string;
  readonly events: readonly number[];
  readonly neededFor: string;
  /** Sets success (and where failures are of use, failure) auditing; works on localized Windows. */
  readonly auditpol: string;
  readonly policyPath: string;
  /** What Windows audits without being told. */
  readonly defaultOn: 'success' | 'none';
}

interface Subcategory {
  readonly guid: string;
  readonly category: string;
  readonly neededFor: string;
  readonly failures: boolean;
  readonly defaultOn: 'success' | 'none';
}

/** GUIDs: [MS-GPAC] section 2.2.1.2 and `auditpol /list /subcategory:* /v`. */
// biome-ignore format: a table reads better in rows
const SUBCATEGORIES: Readonly<Record<string, Subcategory>> = {
  'Logon': { guid: '{0CCE9215-69AE-11D9-BED3-505054503030}', category: 'Logon/Logoff', failures: true, defaultOn: 'success',
    neededFor: 'the start of every session, who came from where, and failed logons' },
  'Logoff': { guid: '{0CCE9216-69AE-11D9-BED3-505054503030}', category: 'Logon/Logoff', failures: false, defaultOn: 'success',
    neededFor: 'the end of every session' },
  'Other Logon/Logoff Events': { guid: '{0CCE921C-69AE-11D9-BED3-505054503030}', category: 'Logon/Logoff', failures: true, defaultOn: 'none',
    neededFor: 'lock, unlock, screen saver, disconnect and reconnect: without it time away from the desk stays unseen' },
  'Special Logon': { guid: '{0CCE921B-69AE-11D9-BED3-505054503030}', category: 'Logon/Logoff', failures: false, defaultOn: 'success',
    neededFor: 'whether a session had administrator rights' },
  'Security State Change': { guid: '{0CCE9210-69AE-11D9-BED3-505054503030}', category: 'System', failures: false, defaultOn: 'success',
    neededFor: 'startup, and changes of the clock, which would falsify durations' },
  'Audit Policy Change': { guid: '{0CCE922F-69AE-11D9-BED3-505054503030}', category: 'Policy Change', failures: false, defaultOn: 'success',
    neededFor: 'noticing that somebody switched auditing off' },
  'User Account Management': { guid: '{0CCE9235-69AE-11D9-BED3-505054503030}', category: 'Account Management', failures: false, defaultOn: 'success',
    neededFor: 'account lockouts beside failed logons' },
};

const POLICY_ROOT =
  'Computer Configuration\\Policies\\Windows Settings\\Security Settings\\Advanced Audit Policy Configuration\\Audit Policies';

/** One row for each subcategory that the event tables need, in the order of the tables. */
export function auditAdvice(): AuditAdvice[] {
  const needed = new Map<string, number[]>();
  for (const { audit, id } of PROVIDERS.flatMap(({ events }) => events)) {
    if (audit === null) continue;
    const ids = needed.get(audit) ?? [];
    ids.push(id);
    needed.set(audit, ids);
  }
  return [...needed].map(([subcategory, ids]) => adviceFor(subcategory, ids));
}

function adviceFor(subcategory: string, ids: readonly number[]): AuditAdvice {
  const known = SUBCATEGORIES[subcategory];
  if (known === undefined)
    throw new Error(`the event tables name an unknown audit subcategory: ${subcategory}`);
  const failure = known.failures ? ' /failure:enable' : '';
  return {
    subcategory,
    guid: known.guid,
    events: [...ids].sort((a, b) => a - b),
    neededFor: known.neededFor,
    auditpol: `auditpol /set /subcategory:"${known.guid}" /success:enable${failure}`,
    policyPath: `${POLICY_ROOT}\\${known.category}\\Audit ${subcategory}`,
    defaultOn: known.defaultOn,
  };
}
