/** The collector, Splunk and agent files with the traps of real ones give the sessions that were worked out by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type LogonSession, sessionize } from '@logonscope/core';
import { isOfPerson, type ReadLog, readFiles, sessionsOfPeople } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { CSV_FIXTURES, CSV_SAMPLES } from './lib/fixtures.ts';

/** A session worked out by hand; times are UTC without a zone, `end` is the end of use. */
interface ByHand {
  readonly file: string;
  readonly user: string;
  readonly host: string;
  readonly start: string;
  readonly end: string;
  readonly use_s: number;
  readonly use_min_s?: number;
  readonly use_max_s?: number;
  readonly end_cause: string;
  readonly elevated?: boolean;
}
interface Expected {
  readonly sessions: readonly ByHand[];
  readonly other: Readonly<
    Record<string, { readonly failed_logons?: number; readonly network_only?: readonly string[] }>
  >;
}

const { sessions: BY_HAND, other: OTHER }: Expected = JSON.parse(
  readFileSync(join(CSV_FIXTURES, 'expected.json'), 'utf8'),
);
const FILES = [...new Set(BY_HAND.map(({ file }) => file))];
/** The collector's files were written in London. */
const ZONE = 'Europe/London';

const read = (name: string): Promise<ReadLog> => readPath(join(CSV_FIXTURES, name));
const readPath = (path: string): Promise<ReadLog> =>
  readFiles(new Map([[basename(path), readFileSync(path)]]), { timezone: ZONE });
const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const shortName = (user: string): string => user.slice(user.indexOf('\\') + 1).toLowerCase();

/** Where use ends: with the request to log off, if there was one. */
function endOfUse({ end, asOf, away }: LogonSession): number {
  const loggingOff = away.findLast(({ reason }) => reason === 'loggingOff');
  return loggingOff?.from ?? end ?? asOf;
}

describe.each(FILES)('%s', (file) => {
  const expected = BY_HAND.filter((each) => each.file === file);
  const found = read(file).then(sessionsOfPeople);

  test.each(expected.map((each) => [`${each.user} from ${each.start}`, each] as const))(
    '%s',
    async (_, byHand) => {
      const session = (await found).find(
        ({ user, start }) => user.toLowerCase() === shortName(byHand.user) && start === utc(byHand.start),
      )!;
      expect(session).toBeDefined();
      expect(session.computer).toBe(byHand.host);
      expect(session.useMs / 1000).toBe(byHand.use_s);
      expect(new Date(endOfUse(session)).toISOString()).toBe(new Date(utc(byHand.end)).toISOString());
      expect(session.end === null).toBe(byHand.end_cause.startsWith('open'));
      expect(session.endBy === 'superseded').toBe(byHand.end_cause.startsWith('superseded'));
      if (byHand.use_min_s !== undefined) expect(session.useMinMs / 1000).toBe(byHand.use_min_s);
      if (byHand.use_max_s !== undefined) expect(session.useMaxMs / 1000).toBe(byHand.use_max_s);
      if (byHand.elevated !== undefined) expect(session.elevated).toBe(byHand.elevated);
    },
  );

  test('no session more', async () => {
    const told = (user: string, start: number) => `${user.toLowerCase()} ${new Date(start).toISOString()}`;
    expect((await found).map(({ user, start }) => told(user, start)).sort()).toEqual(
      expected.map(({ user, start }) => told(shortName(user), utc(start))).sort(),
    );
  });

  test('nothing of the file is unreadable', async () => {
    expect((await read(file)).problems).toEqual([]);
  });

  test('failed logons are counted', async () => {
    const { events } = await read(file);
    const failed = events.filter(({ signal }) => signal === 'logonFailed');
    expect(failed).toHaveLength(OTHER[file]?.failed_logons ?? 0);
  });
});

describe('what is no session of a person', () => {
  test("a lock of o'neill without a session makes none", async () => {
    const { events, life } = await read('agent_event_log.csv');
    const names = (list: readonly { readonly user: string | null }[]) => list.map(({ user }) => user);
    expect(names(events)).toContain("o'neill");
    expect(names(sessionize(events, life, { everyLogon: true }).sessions)).not.toContain("o'neill");
  });

  test('network logons are there when asked for, without use time', async () => {
    const { events, life } = await read('sessionsentry_collector_enUS_ps51.csv');
    const others = sessionize(events, life, { everyLogon: true }).sessions.filter(
      (each) => !isOfPerson(each),
    );
    const told = others
      .filter(({ kind }) => kind === 'network')
      .map(({ user, logonIds, durationMs }) => `${user} ${logonIds[0]} ${durationMs / 1000} s`);
    expect(told).toEqual(
      expect.arrayContaining([...(OTHER['sessionsentry_collector_enUS_ps51.csv']?.network_only ?? [])]),
    );
    expect(others.every(({ useMs }) => useMs === 0)).toBe(true);
  });
});

/** Every other culture, encoding and shape: the originals, where they are, and the samples. */
const VARIANTS = [...new Set([join(CSV_FIXTURES, 'variants'), CSV_SAMPLES])].flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith('collector_'))
        .map((name) => join(folder, name))
    : [],
);
const NAMED = VARIANTS.map((path) => [basename(path), path] as const);

describe('variants of the collector file', () => {
  const EMPTY: Record<string, string> = {
    'collector_empty_0_bytes.csv': 'file/empty',
    'collector_header_only.csv': 'file/no-records',
  };

  test('there are some', () => expect(VARIANTS.length).toBeGreaterThanOrEqual(6));

  test.each(NAMED)('%s loads, or says what is wrong with it', async (name, path) => {
    const { events, problems } = await readPath(path);
    const reason = EMPTY[name];
    if (reason === undefined) expect(events.length).toBeGreaterThan(0);
    else expect(problems.map(({ code }) => code)).toEqual([reason]);
  });

  /** The same Monday by the same person, in every culture that has the whole of it. */
  const MONDAYS = NAMED.filter(([name]) => /enGB_ps7|14cols|deDE|iso_offset/.test(name));

  test.each(MONDAYS)("%s: Monday's session is alice's of the original", async (_, path) => {
    const monday = ({ start, end, useMs, awayMs, elevated, kind, computer }: LogonSession) => ({
      ...{ start, end, useMs, awayMs, elevated, kind, computer },
    });
    const [original] = sessionsOfPeople(await read('sessionsentry_collector_enUS_ps51.csv'));
    const [session] = sessionsOfPeople(await readPath(path));
    expect(monday(session!)).toEqual(monday(original!));
  });

  test('the variant that breaks off gives what the original gives up to there', async () => {
    const { events } = await readPath(VARIANTS.find((name) => name.includes('narrow_nbsp'))!);
    const asOf = Math.max(...events.map(({ time }) => time));
    const original = await read('sessionsentry_collector_enUS_ps51.csv');
    const [upToThere] = sessionsOfPeople(original, { asOf });
    const [session] = sessionsOfPeople({ events, life: [] });
    const { start, useMs, end } = upToThere!;
    expect(session).toMatchObject({ start, useMs, end, asOf });
  });

  test('an hour that the clocks repeat is counted twice', async () => {
    const path = VARIANTS.find((name) => name.includes('dst_fallback'))!;
    const [session] = sessionsOfPeople(await readPath(path));
    // 00:50 to 02:30 on the wall and an hour more in truth; locked at 01:30 before the change until 01:10 after it.
    expect(session).toMatchObject({ durationMs: 9_600_000, useMs: 7_200_000 });
  });
});
