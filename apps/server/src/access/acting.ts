/** What every administrative function is handed: where things are stored, what time it is, who acts and from where. */
import type { Store } from '../db/store.ts';
import type { Clock } from './clock.ts';
import type { Scope } from './scope.ts';
import { type AuditEntry, INSTALLATION, type Origin } from './trail/audit.ts';

/** Where things are stored and what time it is. */
export interface Ground {
  readonly store: Pick<Store, 'db' | 'dialect'>;
  readonly clock: Clock;
}

/** Who acts, and from where. */
export interface Acting {
  readonly scope: Scope;
  readonly origin: Origin;
}

export interface Deed {
  readonly action: string;
  readonly target: string | null;
  /** Absent for what concerns no single company. */
  readonly companyId?: number;
  readonly outcome?: AuditEntry['outcome'];
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** A deed as an entry of the audit trail. */
export function entryOf({ clock }: Ground, origin: Origin, deed: Deed): AuditEntry {
  return {
    ...origin,
    atMs: clock(),
    companyId: deed.companyId ?? INSTALLATION,
    action: deed.action,
    target: deed.target,
    outcome: deed.outcome ?? 'done',
    ...(deed.detail === undefined ? {} : { detail: deed.detail }),
  };
}
