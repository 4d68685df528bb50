/** What administrators set in the browser, one section per card: saving one never touches another. */
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { AppError } from '../../app-error.ts';
import type { Tables } from '../../db/schema.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { requireMay } from '../caller.ts';
import { DEFAULT_PASSWORD_POLICY, PASSWORD_LENGTH_FLOOR, PASSWORD_LENGTH_MAX } from '../passwords/policy.ts';
import { audited } from '../trail/audit.ts';
import { LEVELS } from '../trail/error-log.ts';

/** The sections, with what they are where nobody has set anything. */
export const SECTIONS = {
  registration: z.strictObject({
    open: z.boolean().default(false),
    /** Only addresses of the allowed domains may register or be given an account by hand. */
    restrictDomains: z.boolean().default(false),
  }),
  password: z.strictObject({
    minLength: z
      .int()
      .min(PASSWORD_LENGTH_FLOOR)
      .max(PASSWORD_LENGTH_MAX)
      .default(DEFAULT_PASSWORD_POLICY.minLength),
    digitsAndMixedCase: z.boolean().default(DEFAULT_PASSWORD_POLICY.digitsAndMixedCase),
    specials: z.boolean().default(DEFAULT_PASSWORD_POLICY.specials),
    specialCharacters: z.string().min(1).max(100).default(DEFAULT_PASSWORD_POLICY.specialCharacters),
  }),
  mfa: z.strictObject({ everyone: z.boolean().default(false) }),
  log: z.strictObject({ level: z.enum(LEVELS).default('warning') }),
} as const;

export type SectionName = keyof typeof SECTIONS;
export type Section<N extends SectionName> = z.output<(typeof SECTIONS)[N]>;

/** A section as stored, completed with defaults; a stored value that is no longer understood counts as not set. */
export async function readSection<N extends SectionName>(db: Kysely<Tables>, name: N): Promise<Section<N>> {
  const row = await db.selectFrom('app_settings').select('value').where('name', '=', name).executeTakeFirst();
  const schema: z.ZodType = SECTIONS[name];
  const parsed = schema.safeParse(row === undefined ? {} : JSON.parse(row.value));
  return (parsed.success ? parsed.data : schema.parse({})) as Section<N>;
}

/** Replaces one section; what is left out takes its default. Throws `settings/invalid` with the fields that are wrong. */
export async function changeSection<N extends SectionName>(
  ground: Ground,
  { scope, origin }: Acting,
  name: N,
  value: unknown,
): Promise<Section<N>> {
  requireMay(scope.caller, 'settings.change');
  const parsed = SECTIONS[name].safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      expected: message,
    }));
    throw new AppError('invalid', 'settings/invalid', 'These settings are not as expected.', { fields });
  }
  const row = { value: JSON.stringify(parsed.data), updated_at: ground.clock() };
  await audited(ground.store, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('app_settings')
      .set(row)
      .where('name', '=', name)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0)
      await trx
        .insertInto('app_settings')
        .values({ name, ...row })
        .execute();
    const deed = { action: 'settings.change', target: `settings:${name}`, detail: parsed.data };
    return { result: undefined, entries: [entryOf(ground, origin, deed)] };
  });
  return parsed.data as Section<N>;
}
