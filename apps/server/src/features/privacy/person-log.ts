/** Looks up where a person left traces, and reads those computers' logs one by one. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Action } from '../../access/roles.ts';
import type { Scope } from '../../access/scope.ts';
import { type ComputerLog, eventOfBody, sessionOfBody } from '../../db/index.ts';
import { either, isOneOf } from '../../questions/asked.ts';
import { fitsPattern } from '../../questions/like.ts';
import { type Person, personOf } from './whose.ts';

interface ComputerPlace {
  readonly id: number;
  readonly name: string;
  readonly as_of: number | null;
}

/** The person's keys and names, out of all accounts that have the id or a user name of it. */
export async function findPersonKeys(
  scope: Scope,
  action: Action,
  companyId: number,
  id: string,
): Promise<Person> {
  const users = new Set(await userNames(scope, action, companyId, [id]));
  const slash = id.lastIndexOf('\\');
  if (!id.startsWith('S-1-')) users.add(id.slice(slash + 1));
  const rows = await scope
    .sessions(action)
    .select('sessions.body')
    .where('sessions.company_id', '=', companyId)
    .where(
      either([isOneOf(sql.ref('sessions.user_name'), [...users]), sql<SqlBool>`sessions.account = ${id}`]),
    )
    .execute();
  const events = await scope
    .events(action)
    .select('events.body')
    .where('events.company_id', '=', companyId)
    .where(either([isOneOf(sql.ref('events.user_name'), [...users]), sql<SqlBool>`events.account = ${id}`]))
    .execute();
  return personOf(id, [
    ...rows.map(({ body }) => sessionOfBody(body, null)),
    ...events.map(({ body }) => eventOfBody(body)),
  ]);
}

async function userNames(
  scope: Scope,
  action: Action,
  companyId: number,
  keys: readonly string[],
): Promise<string[]> {
  const ofSessions = await scope
    .sessions(action)
    .select('sessions.user_name')
    .distinct()
    .where('sessions.company_id', '=', companyId)
    .where(isOneOf(sql.ref('sessions.account'), keys))
    .execute();
  const ofEvents = await scope
    .events(action)
    .select('events.user_name')
    .distinct()
    .where('events.company_id', '=', companyId)
    .where(isOneOf(sql.ref('events.account'), keys))
    .execute();
  return [...ofSessions, ...ofEvents].flatMap(({ user_name }) => user_name ?? []);
}

const ASCII = /^[\x20-\x7e]*$/;

/**
 * Events whose text may name the person as the one who acted; each log is looked at more closely afterwards. Databases
 * differ in what lower case is beyond ASCII: then every event that names anybody counts.
 */
function actors({ keys, users }: Pick<Person, 'keys' | 'users'>): RawBuilder<SqlBool>[] {
  const named = [...users].map((user) => ['subjectuser', user] as const);
  const numbered = [...keys]
    .filter((key) => key.startsWith('S-1-'))
    .map((sid) => ['subjectsid', sid] as const);
  return [...named, ...numbered].map(([field, value]) => {
    const text = JSON.stringify(value.toLowerCase());
    const pattern = ASCII.test(text) ? `*"${field}":${text}*` : `*"${field}":*`;
    return fitsPattern(sql<string>`lower(events.body)`, pattern);
  });
}

/** Computers whose log may name the person: as an account, or in an event's text as the one who acted. */
export async function computersOf(
  scope: Scope,
  action: Action,
  companyId: number,
  { keys, users }: Person,
): Promise<ComputerPlace[]> {
  const ids = new Set<number>();
  const sessions = await scope
    .sessions(action)
    .select('sessions.computer_id')
    .distinct()
    .where('sessions.company_id', '=', companyId)
    .where(isOneOf(sql.ref('sessions.account'), [...keys]))
    .execute();
  const named = await scope
    .events(action)
    .select('events.computer_id')
    .distinct()
    .where('events.company_id', '=', companyId)
    .where(
      either([
        isOneOf(sql.ref('events.account'), [...keys]),
        isOneOf(sql.ref('events.user_name'), [...users]),
        ...actors({ keys, users }),
      ]),
    )
    .execute();
  for (const { computer_id } of [...sessions, ...named]) ids.add(computer_id);
  const computers = await scope
    .computers(action)
    .select(['computers.id', 'computers.name', 'computers.as_of'])
    .where('computers.company_id', '=', companyId)
    .orderBy('computers.name')
    .execute();
  return computers.filter(({ id }) => ids.has(id));
}

/** All that is stored of one computer. */
export async function readLog(
  scope: Scope,
  action: Action,
  companyId: number,
  { id, name, as_of }: ComputerPlace,
): Promise<ComputerLog> {
  const events = await scope
    .events(action)
    .select(['events.time', 'events.hash', 'events.body'])
    .where('events.company_id', '=', companyId)
    .where('events.computer_id', '=', id)
    .orderBy('events.time')
    .orderBy('events.hash')
    .execute();
  const sessions = await scope
    .sessions(action)
    .select('sessions.body')
    .where('sessions.company_id', '=', companyId)
    .where('sessions.computer_id', '=', id)
    .orderBy('sessions.start_at')
    .orderBy('sessions.id')
    .execute();
  return {
    computer: name,
    events: events.map(({ time, hash, body }) => ({ time, hash, event: eventOfBody(body) })),
    sessions: sessions.map(({ body }) => sessionOfBody(body, as_of)),
    kept: [],
    life: [],
  };
}
