/** The error log: what went wrong, with the request, the person and the address it belongs to. */
import type { Insertable, Kysely, Selectable } from 'kysely';
import { newId } from '../../db/ids.ts';
import type { ErrorLog, Tables } from '../../db/schema.ts';
import { DAY_MS } from '../clock.ts';

/** From worst to least; `log` settings name the least that is stored. */
export const LEVELS = ['critical', 'error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof LEVELS)[number];

/** A message longer than this is cut: it came from outside as likely as not. */
const MESSAGE_CHARS_MAX = 4_000;
const STACK_CHARS_MAX = 16_000;

export interface ErrorEntry {
  readonly atMs: number;
  readonly level: Level;
  readonly logger: string;
  readonly message: string;
  readonly stack?: string | null;
  readonly method?: string | null;
  readonly path?: string | null;
  readonly requestId?: string | null;
  readonly userId?: number | null;
  readonly companyId?: number | null;
  readonly address?: string | null;
}

export type ErrorRow = Selectable<ErrorLog>;

/** Stores an entry if its level is worth it. */
export async function writeError(
  db: Kysely<Tables>,
  entry: ErrorEntry,
  least: Level = 'warning',
): Promise<void> {
  if (LEVELS.indexOf(entry.level) > LEVELS.indexOf(least)) return;
  const row: Insertable<ErrorLog> = {
    id: newId(),
    at: entry.atMs,
    level: entry.level,
    logger: entry.logger.slice(0, 64),
    message: entry.message.slice(0, MESSAGE_CHARS_MAX),
    stack: entry.stack?.slice(0, STACK_CHARS_MAX) ?? null,
    method: entry.method ?? null,
    // The query of an address may hold what people searched for.
    path: entry.path?.split('?')[0] ?? null,
    request_id: entry.requestId ?? null,
    user_id: entry.userId ?? null,
    company_id: entry.companyId ?? null,
    address: entry.address ?? null,
  };
  await db.insertInto('error_log').values(row).execute();
}

/** How many entries of each level there are in a span of time: of a company, or (null) of all. */
export async function countErrors(
  db: Kysely<Tables>,
  { companyId, fromMs, toMs }: { companyId: number | null; fromMs: number; toMs: number },
): Promise<Record<Level, number>> {
  let query = db
    .selectFrom('error_log')
    .select((eb) => ['level', eb.fn.countAll().as('entries')])
    .where('at', '>=', fromMs)
    .where('at', '<', toMs)
    .groupBy('level');
  if (companyId !== null) query = query.where('company_id', '=', companyId);
  const rows = await query.execute();
  const counts = { critical: 0, error: 0, warning: 0, info: 0, debug: 0 };
  for (const { level, entries } of rows) counts[level as Level] = Number(entries);
  return counts;
}

/** Deletes entries older than so many days (0: all there are) and tells how many. */
export async function clearErrors(db: Kysely<Tables>, nowMs: number, daysToKeep: number): Promise<number> {
  const before = daysToKeep === 0 ? Number.MAX_SAFE_INTEGER : nowMs - daysToKeep * DAY_MS;
  const { numDeletedRows } = await db.deleteFrom('error_log').where('at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
