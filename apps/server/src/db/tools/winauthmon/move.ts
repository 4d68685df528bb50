/** Moves an original installation into a store: first its companies, keys and people as one, then its events. */
import { audited, INSTALLATION } from '../../../access/trail/audit.ts';
import type { Store } from '../../store.ts';
import { wallMsOf } from './cells.ts';
import { type CompanyNumbers, takeCompanies } from './companies.ts';
import { takeEvents } from './events.ts';
import { type SitePlaces, takeKeys } from './keys.ts';
import { timesIn } from './local-times.ts';
import { takeMemberships } from './memberships.ts';
import type { Original } from './original.ts';
import { createReport, type MoveCounts, type MoveProblem, type MoveReport } from './report.ts';
import { takeDomains, takeSettings } from './settings.ts';
import { rowsWithPublicPassword, takeUsers } from './users.ts';

export interface MoveOptions {
  /** Migrated, and with no server running on it if it is SQLite. */
  readonly store: Store;
  readonly original: Original;
  /** IANA zone of the original server: its times carry none. */
  readonly timezone: string;
  readonly clock: () => number;
  /** Encrypts the secret of a person's authenticator for this installation. */
  readonly seal: (secret: string, userId: number) => string;
  readonly tell: (problem: MoveProblem) => void;
  /** Rows of events read so far. */
  readonly progress?: (rows: number) => void;
}

/** Failures of another program say nothing about ours. */
async function tellErrorLog(original: Original, report: MoveReport): Promise<void> {
  const rows = await original.rowsOf('error_log');
  const place = { table: 'error_log', row: null, field: null };
  if (rows > 0) report.leaveOut(place, null, 'nothing: what failed there stays in the original', rows);
}

interface Registry {
  readonly companies: CompanyNumbers;
  readonly sites: SitePlaces;
}

/** Takes over all there is; what is here already is left alone, so a second run adds only what is new. */
export async function moveIn(options: MoveOptions): Promise<MoveCounts> {
  const { store, original, timezone, clock, tell, progress = () => {} } = options;
  const { registry, report } = await takeRegistry(options);
  const events = createReport(tell);
  const place = timesIn(timezone);
  await takeEvents(original, { ...registry, store, place, clock, progress, report: events });
  await tellErrorLog(original, events);
  return { ...report.counts, ...events.counts };
}

async function takeRegistry(options: MoveOptions): Promise<{ registry: Registry; report: MoveReport }> {
  const { store, original, timezone, clock, seal, tell } = options;
  const [companyRows, keyRows, userRows] = await tablesOf(original, [
    'app_auth_companies',
    'app_auth_api_keys',
    'app_auth_users',
  ]);
  const [memberRows, settingRows, domainRows] = await tablesOf(original, [
    'app_auth_user_companies',
    'app_auth_settings',
    'app_auth_allowed_domains',
  ]);
  const nobodys =
    keyRows.some((row) => (row.company_id ?? null) === null) ||
    (await original.lacksAny('api_logs', 'company_id'));
  const publicPassword = await rowsWithPublicPassword(userRows);
  const placed = timesIn(timezone);
  const instantOf = (cell: unknown) => {
    const wallMs = wallMsOf(cell);
    return wallMs === null ? null : placed(wallMs, '').at;
  };
  // A transaction may begin anew; only what the last one told is true.
  const told = await audited(store, async (trx) => {
    const problems: MoveProblem[] = [];
    const report = createReport((problem) => problems.push(problem));
    const ground = { trx, report, nowMs: clock(), instantOf };
    const companies = await takeCompanies(ground, companyRows, nobodys);
    const sites = await takeKeys(ground, keyRows, companies);
    const users = await takeUsers(ground, userRows, { seal, publicPassword });
    await takeMemberships(ground, memberRows, { companies, users });
    await takeSettings(ground, settingRows);
    await takeDomains(ground, domainRows);
    return {
      result: { registry: { companies, sites }, report, problems },
      entries: entriesOf(report, clock()),
    };
  });
  for (const problem of told.problems) tell(problem);
  return told;
}

/** One entry, if anything changed. */
function entriesOf({ counts }: MoveReport, atMs: number) {
  if (Object.values(counts).every(({ added }) => added === 0)) return [];
  const nobody = { userId: null, userName: null, address: null, requestId: null };
  const deed = { action: 'installation.import', target: 'winauthmon', outcome: 'done' as const };
  return [{ ...nobody, ...deed, companyId: INSTALLATION, atMs, detail: { ...counts } }];
}

type TableName = Parameters<Original['all']>[0];
type Rows = Awaited<ReturnType<Original['all']>>;

async function tablesOf(
  original: Original,
  names: readonly [TableName, TableName, TableName],
): Promise<[Rows, Rows, Rows]> {
  const [a, b, c] = names;
  return [await original.all(a), await original.all(b), await original.all(c)];
}
