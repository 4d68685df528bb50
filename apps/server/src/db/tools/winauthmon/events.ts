/** Events of the original go in as if its agents posted them again: the same checks, keys and sessions. */
import { legacyEvent } from '@logonscope/protocol';
import { convertLegacy } from '../../../features/ingest/convert.ts';
import { refusedFields } from '../../../http/errors.ts';
import type { ArrivedEvent } from '../../ports.ts';
import type { Store } from '../../store.ts';
import { numberOf, textOf, wallMsOf } from './cells.ts';
import { type CompanyNumbers, companyOf } from './companies.ts';
import type { SitePlaces } from './keys.ts';
import type { PlaceTime } from './local-times.ts';
import type { Original, OriginalRow } from './original.ts';
import type { MoveReport } from './report.ts';

const TABLE = 'api_logs';
/** What a post's fields are called as columns. */
const COLUMNS: Readonly<Record<string, string>> = {
  EventType: 'event_type',
  UserName: 'user_name',
  ComputerName: 'computer_name',
  Timestamp: 'timestamp',
  LocalIP: 'local_ip',
  PublicIP: 'public_ip',
};
const TIME_EXPECTED = 'a time like 2026-03-01 08:00:00';

export interface EventMove {
  readonly store: Pick<Store, 'events'>;
  readonly report: MoveReport;
  readonly companies: CompanyNumbers;
  readonly sites: SitePlaces;
  readonly place: PlaceTime;
  readonly clock: () => number;
  /** Rows read so far. */
  readonly progress: (rows: number) => void;
}

/** Page after page, each durable before the next is read: a run that is cut off goes on where it is run again. */
export async function takeEvents(original: Original, move: EventMove): Promise<void> {
  let read = 0;
  for await (const rows of original.pages(TABLE)) {
    const byCompany = new Map<number, ArrivedEvent[]>();
    for (const row of rows) {
      const taken = eventOf(move, row);
      if (taken === null) continue;
      const events = byCompany.get(taken.companyId);
      if (events === undefined) byCompany.set(taken.companyId, [taken.arrived]);
      else events.push(taken.arrived);
    }
    for (const [companyId, events] of byCompany) {
      const { outcomes } = await move.store.events.append(companyId, { events, receivedAt: move.clock() });
      const known = outcomes.filter((outcome) => outcome === 'known').length;
      move.report.count(TABLE, 'known', known);
      move.report.count(TABLE, 'added', outcomes.length - known);
    }
    read += rows.length;
    move.progress(read);
  }
}

function eventOf(move: EventMove, row: OriginalRow): { companyId: number; arrived: ArrivedEvent } | null {
  const { report, companies, sites } = move;
  const place = (field: string) => ({ table: TABLE, row: row.id, field });
  const companyId = companyOf(companies, row.company_id);
  if (companyId === undefined) {
    report.leaveOut(place('company_id'), row.company_id, 'a company that was taken over');
    return null;
  }
  const wallMs = wallMsOf(row.timestamp);
  if (wallMs === null) {
    report.leaveOut(place('timestamp'), row.timestamp, TIME_EXPECTED);
    return null;
  }
  const post = legacyEvent.safeParse({
    EventType: textOf(row.event_type),
    UserName: textOf(row.user_name),
    ComputerName: textOf(row.computer_name),
    Timestamp: instantText(move, row, wallMs),
    LocalIP: textOf(row.local_ip) ?? textOf(row.ip_address),
    PublicIP: textOf(row.public_ip),
    retry: row.retry,
  });
  const converted = post.success
    ? convertLegacy(post.data, move.clock())
    : { refused: refusedFields(post.error, 'EventType')[0]! };
  if ('refused' in converted || converted.event === null) {
    const refused = 'refused' in converted ? converted.refused : null;
    const field = COLUMNS[refused?.field ?? 'ComputerName'] ?? 'event_type';
    report.leaveOut(place(field), row[field], refused?.expected ?? 'the name of a computer');
    return null;
  }
  const site = sites.get(numberOf(row.api_key_id) ?? Number.NaN);
  const siteId = site?.companyId === companyId ? site.siteId : null;
  return { companyId, arrived: { event: converted.event, siteId } };
}

/** The instant, as an agent would write it; what had to be assumed of the hour is told. */
function instantText({ place, report }: EventMove, row: OriginalRow, wallMs: number): string {
  const { at, doubt } = place(
    wallMs,
    `${textOf(row.company_id)} ${textOf(row.computer_name)?.toUpperCase()}`,
  );
  const where = { table: TABLE, row: row.id, field: 'timestamp' };
  if (doubt === 'skipped')
    report.change(where, row.timestamp, 'an hour that the zone has; it was moved forward');
  if (doubt === 'repeated') {
    report.change(where, row.timestamp, 'an hour that comes once a year; the order of the rows decided');
  }
  return new Date(at).toISOString();
}
