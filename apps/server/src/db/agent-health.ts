/** What agents say of themselves, beside the events of their computers. */
import { lockComputers } from './append/computers.ts';
import { keyName } from './fold/text.ts';
import type { Store } from './store.ts';
import { companyTransaction } from './transaction.ts';

export interface HealthNote {
  readonly companyId: number;
  readonly siteId: number;
  readonly computer: string;
  readonly version: string | null;
  /** What else was told, as JSON. */
  readonly health: string;
  /** The spool whose position is asked for. */
  readonly spoolEpoch: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Notes an agent's health, and its computer at first sight; answers up to where its spool is stored. */
export function noteAgentHealth(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  note: HealthNote,
): Promise<number | null> {
  const { companyId, now } = note;
  const name = keyName(note.computer, 255);
  return companyTransaction(db, dialect, companyId, async (tx) => {
    const computer = (await lockComputers(tx, dialect, companyId, [name], now)).get(name)!;
    await tx
      .updateTable('computers')
      .set({
        agent_version: note.version,
        agent_health: note.health,
        last_seen_at: Math.max(computer.last_seen_at, now),
        site_id: note.siteId,
      })
      .where('company_id', '=', companyId)
      .where('id', '=', computer.id)
      .execute();
    if (note.spoolEpoch === null) return null;
    const cursor = await tx
      .selectFrom('agent_cursors')
      .select('stored_through')
      .where('company_id', '=', companyId)
      .where('computer_id', '=', computer.id)
      .where('spool_epoch', '=', note.spoolEpoch)
      .executeTakeFirst();
    return cursor?.stored_through ?? null;
  });
}
