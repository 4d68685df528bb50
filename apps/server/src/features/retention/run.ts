/** Deletes what is older than it may be, one computer and one slice at a time, so that events go on coming in between. */
import { entryOf, type Ground } from '../../access/acting.ts';
import { INSTALLATION, type Origin, writeAudit } from '../../access/trail/audit.ts';
import { trimTrail } from '../../access/trail/trim.ts';
import { type ComputerLog, olderThan, type Store } from '../../db/index.ts';
import { cutOf, inForce, type RetentionDefaults, withHeldFrom } from './policy.ts';

export interface RetentionRun {
  readonly store: Store;
  readonly clock: () => number;
  readonly defaults: RetentionDefaults;
  /** Which process this is; only one at a time deletes. */
  readonly owner: string;
  readonly stopping: () => boolean;
}

const LEASE = 'retention';
/** Longer than any slice; renewed before each. */
const LEASE_MS = 600_000;
/**
 * Events of a computer that go in one transaction, so far as sessions allow. What is left is folded anew each time, and
 * that costs more than deleting: few large slices keep others waiting less than many small ones.
 */
const SLICE_EVENTS = 50_000;
/** Rows that go in one statement. */
const SLICE_ROWS = 500;
const REST_MAX_MS = 2_000;
const DAY_MS = 86_400_000;
/** Nobody asked for it: the rule did it. */
const BY_RULE: Origin = { userId: null, userName: 'retention', address: null, requestId: null };

/** Runs once over everything; false where another process does. What is interrupted goes on with the next run. */
export async function runRetention(run: RetentionRun): Promise<boolean> {
  const { store, clock, owner, defaults } = run;
  if (!(await goesOn(run))) return false;
  try {
    const companies = await store.db.selectFrom('companies').selectAll().orderBy('id').execute();
    for (const company of companies) {
      const days = inForce(company, defaults);
      const deleted = {
        ...(await deleteEvents(run, company, { cut: cutOf(clock(), days.eventsDays), keep: outlive(days) })),
        keptSessions: await deleteKept(run, company.id, cutOf(clock(), days.sessionsDays)),
        totals: await deleteTotals(run, company.id, cutOf(clock(), days.totalsDays)),
        auditEntries: await trim(run, company.id, days.auditDays),
        errors: await deleteErrors(run, company.id, cutOf(clock(), days.errorLogDays)),
      };
      await writeDown(run, company.id, deleted);
    }
    const errors = await deleteErrors(run, null, cutOf(clock(), defaults.keepErrorLogDays));
    const auditEntries = await trim(run, INSTALLATION, defaults.keepAuditDays);
    await writeDown(run, INSTALLATION, { errors, auditEntries });
    return true;
  } finally {
    await store.lease.release(LEASE, owner);
  }
}

async function goesOn({ store, clock, owner, stopping }: RetentionRun): Promise<boolean> {
  return !stopping() && (await store.lease.take(LEASE, owner, clock(), LEASE_MS));
}

interface Company {
  readonly id: number;
  readonly settings: string | null;
}

/** Whether sessions stay when their events go. */
function outlive({ eventsDays, sessionsDays }: ReturnType<typeof inForce>): boolean {
  return eventsDays !== 0 && sessionsDays !== eventsDays;
}

interface EventRule {
  readonly cut: number | null;
  /** Whether sessions stay when their events go. */
  readonly keep: boolean;
}

async function deleteEvents(run: RetentionRun, company: Company, { cut, keep }: EventRule) {
  const deleted = { events: 0, sessions: 0 };
  if (cut === null) return deleted;
  const { db } = run.store;
  const computers = await run.store.reports.read(company.id, (inside) =>
    inside
      .selectFrom('computers')
      .select('name')
      .where('company_id', '=', company.id)
      .where('first_event_at', '<', cut)
      .orderBy('id')
      .execute(),
  );
  if (computers.length === 0) return deleted;
  // Before the first event goes: whoever checks the totals in between must know that they count more.
  await db
    .updateTable('companies')
    .set({ settings: withHeldFrom(company, cut) })
    .where('id', '=', company.id)
    .execute();
  for (const { name } of computers) {
    const gone = await deleteOf(run, company.id, name, { cut, keep });
    deleted.events += gone.events;
    deleted.sessions += gone.sessions;
  }
  return deleted;
}

/** The oldest first; where a slice is all of one session that stays, the next one is larger. */
async function deleteOf(
  run: RetentionRun,
  companyId: number,
  computer: string,
  { cut, keep }: { cut: number; keep: boolean },
) {
  const deleted = { events: 0, sessions: 0 };
  for (let size = SLICE_EVENTS; await goesOn(run); ) {
    let reached = false;
    const choose = (log: ComputerLog) => {
      const end = sliceEnd(log, size);
      reached = end >= cut;
      return olderThan(Math.min(end, cut))(log);
    };
    const about = { computer, choose, keepEndedBefore: keep ? cut : null };
    const what = { ...about, totals: 'keep', now: run.clock() } as const;
    const { events, sessions } = await run.store.events.forget(companyId, what);
    // An embedded database gives nobody else a turn meanwhile: others get as long as this took.
    await rest(Math.min(run.clock() - what.now, REST_MAX_MS));
    deleted.events += events;
    deleted.sessions += sessions;
    if (reached) break;
    if (events === 0) size *= 2;
  }
  return deleted;
}

const rest = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

function sliceEnd({ events }: ComputerLog, size: number): number {
  const times = Float64Array.from(events, ({ time }) => time).sort();
  return times[size] ?? Number.POSITIVE_INFINITY;
}

async function deleteTotals({ store }: RetentionRun, companyId: number, cut: number | null): Promise<number> {
  if (cut === null) return 0;
  const { numDeletedRows } = await store.reports.read(companyId, (inside) =>
    inside
      .deleteFrom('day_totals')
      .where('company_id', '=', companyId)
      .where('day', '<', Math.floor(cut / DAY_MS))
      .executeTakeFirst(),
  );
  return Number(numDeletedRows);
}

/** Sessions that were kept beyond their events, slice by slice. */
async function deleteKept(run: RetentionRun, companyId: number, cut: number | null): Promise<number> {
  if (cut === null) return 0;
  const { page } = run.store.dialect;
  for (let deleted = 0; ; ) {
    const slice = await run.store.reports.read(companyId, async (inside) => {
      const old = await inside
        .selectFrom('sessions')
        .select(['id', 'computer_id'])
        .where('company_id', '=', companyId)
        .where('end_at', '<', cut)
        .where('kept_since', 'is not', null)
        .orderBy('end_at')
        .modifyEnd(page(SLICE_ROWS))
        .execute();
      if (old.length === 0) return 0;
      await inside
        .deleteFrom('sessions')
        .where('company_id', '=', companyId)
        .where('end_at', '<', cut)
        .where('kept_since', 'is not', null)
        .where(
          'id',
          'in',
          old.map(({ id }) => id),
        )
        .execute();
      return old.length;
    });
    deleted += slice;
    if (slice < SLICE_ROWS || !(await goesOn(run))) return deleted;
  }
}

async function trim({ store, clock }: RetentionRun, companyId: number, days: number): Promise<number> {
  const cut = cutOf(clock(), days);
  return cut === null ? 0 : trimTrail(store, companyId, cut);
}

/** Entries of a company, or (null) those that concern none, and of companies that are no more. */
async function deleteErrors(
  run: RetentionRun,
  companyId: number | null,
  cut: number | null,
): Promise<number> {
  if (cut === null) return 0;
  const { db, dialect } = run.store;
  for (let deleted = 0; ; ) {
    const rows = await db
      .selectFrom('error_log')
      .select('id')
      .where('at', '<', cut)
      .where((of) =>
        companyId !== null
          ? of('company_id', '=', companyId)
          : of.or([
              of('company_id', 'is', null),
              of('company_id', 'not in', of.selectFrom('companies').select('companies.id')),
            ]),
      )
      .orderBy('at')
      .modifyEnd(dialect.page(SLICE_ROWS))
      .execute();
    if (rows.length === 0) return deleted;
    const ids = rows.map(({ id }) => id);
    await db.deleteFrom('error_log').where('id', 'in', ids).execute();
    deleted += rows.length;
    if (rows.length < SLICE_ROWS) return deleted;
  }
}

async function writeDown(
  { store, clock }: RetentionRun,
  companyId: number,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  if (Object.values(counts).every((count) => count === 0)) return;
  const ground: Ground = { store, clock };
  const deed = { action: 'retention.delete', target: null, companyId, detail: counts };
  await writeAudit(store, entryOf(ground, BY_RULE, deed));
}
