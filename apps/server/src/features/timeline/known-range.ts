/** Between which instants the logs of computers tell of them: before and after, silence says nothing. */
import { sql } from 'kysely';
import { isOneOf } from '../../questions/asked.ts';
import type { Source } from '../../questions/source.ts';

export interface Known {
  readonly from: number | null;
  readonly to: number | null;
}

/** First and last event of computers, by name. */
export async function knownRanges(
  { scope }: Source,
  companyId: number,
  names: readonly string[],
): Promise<ReadonlyMap<string, Known>> {
  const rows = await scope
    .computers()
    .select(['computers.name', 'computers.first_event_at', 'computers.last_event_at'])
    .where('computers.company_id', '=', companyId)
    .where(isOneOf(sql.ref('computers.name'), names))
    .execute();
  const instant = (at: number | null) => (at === null ? null : Number(at));
  return new Map(
    rows.map(({ name, first_event_at, last_event_at }) => [
      name,
      { from: instant(first_event_at), to: instant(last_event_at) },
    ]),
  );
}
