/** What an administrator of the original had set in the browser, and the domains that may register. */

import { PASSWORD_LENGTH_FLOOR } from '../../../access/passwords/policy.ts';
import { domainOf } from '../../../access/portal/email.ts';
import { SECTIONS, type SectionName } from '../../../access/portal/settings.ts';
import { flagOf, numberOf, textOf } from './cells.ts';
import type { MoveGround } from './ground.ts';
import type { OriginalRow } from './original.ts';

const TABLE = 'app_auth_settings';
const DOMAINS = 'app_auth_allowed_domains';

type Kind = 'flag' | 'number' | 'text' | 'word';

/** Where each column of the original lives here. */
const COLUMNS: readonly (readonly [column: string, section: SectionName, field: string, kind: Kind])[] = [
  ['allow_registration', 'registration', 'open', 'flag'],
  ['restrict_email_domains', 'registration', 'restrictDomains', 'flag'],
  ['password_min_length', 'password', 'minLength', 'number'],
  ['password_require_numbers_mixed_case', 'password', 'digitsAndMixedCase', 'flag'],
  ['password_require_special_chars', 'password', 'specials', 'flag'],
  ['password_safe_special_chars', 'password', 'specialCharacters', 'text'],
  ['require_mfa_for_all_users', 'mfa', 'everyone', 'flag'],
  ['log_level', 'log', 'level', 'word'],
];

const READ: Readonly<Record<Kind, (cell: unknown) => boolean | number | string | null>> = {
  flag: flagOf,
  number: numberOf,
  text: textOf,
  word: (cell) => textOf(cell)?.toLowerCase() ?? null,
};

/** A section that was set here before stays as it is. */
export async function takeSettings(ground: MoveGround, rows: readonly OriginalRow[]): Promise<void> {
  const { trx, report, nowMs } = ground;
  const [row, ...others] = rows;
  for (const { id } of others) {
    report.leaveOut({ table: TABLE, row: id, field: null }, null, 'one row; the first one counts');
  }
  if (row === undefined) return;
  let added = 0;
  for (const name of Object.keys(SECTIONS) as SectionName[]) {
    const known = await trx
      .selectFrom('app_settings')
      .select('name')
      .where('name', '=', name)
      .executeTakeFirst();
    if (known !== undefined) continue;
    const value = JSON.stringify(sectionOf(ground, row, name));
    await trx.insertInto('app_settings').values({ name, value, updated_at: nowMs }).execute();
    added++;
  }
  report.count(TABLE, added > 0 ? 'added' : 'known');
}

/** The section as the original had it; a value that cannot be kept takes our default, and is told. */
function sectionOf({ report }: MoveGround, row: OriginalRow, name: SectionName): unknown {
  const schema = SECTIONS[name];
  let section: Record<string, unknown> = {};
  for (const [column, of, field, kind] of COLUMNS) {
    if (of !== name || row[column] === undefined || row[column] === null) continue;
    const place = { table: TABLE, row: row.id, field: column };
    const given = READ[kind](row[column]);
    const value =
      field === 'minLength' && typeof given === 'number' ? Math.max(given, PASSWORD_LENGTH_FLOOR) : given;
    const tried = schema.safeParse({ ...section, [field]: value });
    if (!tried.success)
      report.change(place, row[column], `${tried.error.issues[0]!.message}; our default is used`);
    else {
      section = { ...section, [field]: value };
      if (value !== given) report.change(place, given, `at least ${PASSWORD_LENGTH_FLOOR}; it is that here`);
    }
  }
  return schema.parse(section);
}

export async function takeDomains(
  { trx, report, nowMs }: MoveGround,
  rows: readonly OriginalRow[],
): Promise<void> {
  for (const row of rows) {
    const domain = domainOf(textOf(row.domain) ?? '');
    if (domain === null) {
      report.leaveOut(
        { table: DOMAINS, row: row.id, field: 'domain' },
        row.domain,
        'a domain such as @example.com',
      );
      continue;
    }
    const known = await trx
      .selectFrom('allowed_domains')
      .select('domain')
      .where('domain', '=', domain)
      .executeTakeFirst();
    if (known === undefined)
      await trx.insertInto('allowed_domains').values({ domain, created_at: nowMs }).execute();
    report.count(DOMAINS, known === undefined ? 'added' : 'known');
  }
}
