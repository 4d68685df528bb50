/** Companies of the original; one that is here already by its name takes in what belongs to it. */
import { nameKey } from '../../../access/portal/email.ts';
import { newId } from '../../ids.ts';
import { numberOf, textOf } from './cells.ts';
import type { MoveGround } from './ground.ts';
import type { OriginalRow } from './original.ts';

const TABLE = 'app_auth_companies';
const NAME_CHARS_MAX = 100;
/** Keys and events of the original could be nobody's; here everything has a company, and only GlobalAdmins see this one. */
const NOBODYS_NAME = 'Without a company';

/** Our number for each of the original's, and for null where rows without a company exist. */
export type CompanyNumbers = ReadonlyMap<number | null, number>;

/** Our number for what stands in a `company_id`; undefined where it names no company that was taken over. */
export function companyOf(numbers: CompanyNumbers, cell: unknown): number | undefined {
  const nobodys = cell === null || cell === undefined;
  return numbers.get(nobodys ? null : (numberOf(cell) ?? Number.NaN));
}

/** @param nobodys whether keys or events belong to no company */
export async function takeCompanies(
  ground: MoveGround,
  rows: readonly OriginalRow[],
  nobodys: boolean,
): Promise<CompanyNumbers> {
  const { report } = ground;
  const numbers = new Map<number | null, number>();
  const claimed = new Set<string>();
  for (const row of rows) {
    const name = freeName(ground, row, claimed);
    if (name === null) continue;
    claimed.add(nameKey(name));
    const { id, added } = await companyNamed(ground, name, {
      description: textOf(row.description),
      created_at: ground.instantOf(row.created_at) ?? ground.nowMs,
    });
    numbers.set(row.id, id);
    report.count(TABLE, added ? 'added' : 'known');
  }
  if (nobodys) {
    const { id } = await companyNamed(ground, NOBODYS_NAME, { description: null, created_at: ground.nowMs });
    numbers.set(null, id);
    const place = { table: TABLE, row: null, field: null };
    report.change(place, null, `a company for every key and event; theirs is "${NOBODYS_NAME}" here`);
  }
  return numbers;
}

/** The name to use. Two companies whose names differ only in case must not become one: they would see each other. */
function freeName({ report }: MoveGround, row: OriginalRow, claimed: ReadonlySet<string>): string | null {
  const place = { table: TABLE, row: row.id, field: 'name' };
  const written = textOf(row.name)?.trim() ?? '';
  if (written === '') {
    report.leaveOut(place, row.name, 'a name');
    return null;
  }
  const characters = [...written];
  const isTaken = (name: string) => claimed.has(nameKey(name)) || nameKey(name) === nameKey(NOBODYS_NAME);
  const marked = (mark: string) =>
    characters
      .slice(0, NAME_CHARS_MAX - mark.length)
      .join('')
      .trimEnd() + mark;
  let name = marked('');
  for (let n = 1; isTaken(name); n++) name = marked(n === 1 ? ` (${row.id})` : ` (${row.id}-${n})`);
  if (name === written) return name;
  report.change(
    place,
    written,
    `a name of its own, at most ${NAME_CHARS_MAX} characters; it is "${name}" here`,
  );
  return name;
}

async function companyNamed(
  { trx }: MoveGround,
  name: string,
  facts: { readonly description: string | null; readonly created_at: number },
): Promise<{ id: number; added: boolean }> {
  const key = nameKey(name);
  const known = await trx.selectFrom('companies').select('id').where('name_key', '=', key).executeTakeFirst();
  if (known !== undefined) return { id: known.id, added: false };
  const id = newId();
  const kept = {
    keep_events_days: null,
    keep_sessions_days: null,
    keep_totals_days: null,
    keep_audit_days: null,
    keep_errors_days: null,
    settings: null,
  };
  const row = { id, name, name_key: key, is_active: 1 as const, mfa_policy: 'inherit', ...kept, ...facts };
  await trx.insertInto('companies').values(row).execute();
  return { id, added: true };
}
