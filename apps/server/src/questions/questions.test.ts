/** What the store answers is what the pure filter says of the same sessions and events, and never another company's. */
import {
  eventMatcher,
  type Filter,
  type LogonSession,
  parseFilter,
  type SessionEvent,
  sessionMatcher,
} from '@logonscope/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { askEvents } from './events.ts';
import { type Question, questionOf } from './question.ts';
import { readAll } from './scan.ts';
import { askSessions, type SessionOrder } from './sessions.ts';
import { type TwoCompanies, twoCompanies } from './testdata/two-companies.ts';

let stage: TwoCompanies;
beforeAll(async () => {
  stage = await twoCompanies();
});
afterAll(() => stage.store.close());

const CONTEXT = { timezone: 'Europe/London', siteOf: () => 'Head office' };
const question = (filter: Filter, range: { from?: number | null; to?: number | null } = {}): Question => ({
  companyId: stage.own.id,
  filter,
  from: null,
  to: null,
  ...range,
  context: CONTEXT,
});

async function sessionsFound(asked: Question, order: SessionOrder = { sort: 'start', order: 'asc' }) {
  const found: LogonSession[] = [];
  const { scan } = await askSessions(stage.own.source, asked);
  for await (const piece of readAll(scan(order))) found.push(...piece);
  return found;
}

async function eventsFound(asked: Question, order: 'asc' | 'desc' = 'asc') {
  const found: SessionEvent[] = [];
  const { scan } = await askEvents(stage.own.source, asked);
  for await (const piece of readAll(scan(order))) found.push(...piece);
  return found;
}

const idsOf = (sessions: readonly LogonSession[]) => sessions.map(({ id }) => id).sort();
const textsOf = (events: readonly SessionEvent[]) =>
  events.map(({ computer, time, recordId, signal }) => `${computer} ${time} ${recordId} ${signal}`).sort();

/** Conditions as people type them, with values that this fleet has, and some that it has not. */
function anyCondition(): fc.Arbitrary<string> {
  const { sessions, events } = stage.own;
  const one = fc.constantFrom(...sessions);
  const name = one.map(({ user }) => user);
  const computer = one.map((session) => session.computer);
  const cut = fc.nat(4);
  const starred = (text: fc.Arbitrary<string>) =>
    fc.tuple(text, cut, fc.nat(2)).map(([word, n, way]) => {
      const part = word.slice(0, Math.max(1, word.length - n));
      return [word, `${part}*`, `*${word.slice(-3)}`][way]!;
    });
  const quoted = (text: string) => `"${text}"`;
  const length = fc.constantFrom('>4h', '>=30m', '<1h', '<=8h30m', '1h..6h');
  return fc.oneof(
    starred(name).map((text) => `user:${quoted(text)}`),
    one.map(({ user, domain }) => `user:${quoted(`${domain ?? '*'}\\${user}`)}`),
    one.map(({ user }) => `user:${quoted(`*\\${user.slice(0, 2)}*`)}`),
    one.map(({ sid, user }) => `user:${quoted(sid ?? user)}`),
    fc.constant('user:S-1-5-21-*'),
    fc.constant('user:S-1*'),
    starred(computer).map((text) => `host:${quoted(text)}`),
    fc.constantFrom('host:*corp*', 'host:*.example', 'host:%', 'host:_*', 'user:%'),
    one.map(({ computerFqdn, computer: short }) => `host:${quoted(computerFqdn ?? short)}`),
    name.map((text) => quoted(text.slice(1, 4))),
    fc.constantFrom('a', 'corp', 'exam', '00', '.', '*1'),
    fc.constantFrom(
      'site:head*',
      'site:branch',
      'type:rdp',
      'type:console',
      'type:3',
      'type:unlock',
      'ip:10.*',
    ),
    fc.constantFrom('ip:10.0.0.0/8', 'ip:10.0.0.0/12', 'ip:192.168.0.0/16', 'ip:0.0.0.0/0', 'elevated:yes'),
    fc.constantFrom('hours:outside', 'hours:inside', 'event:lock', 'event:logonFailed', 'start:first-seen'),
    fc.constantFrom('cert:<exact', 'cert:exact', 'cert:>=open', 'end:shutdown', 'end:open', 'elevated:no'),
    fc.constantFrom(
      'finding:log-gap',
      'finding:late-logoff',
      'state:locked',
      'state:idle>10m',
      'state:asleep',
    ),
    length.map((text) => `dur:${text}`),
    length.map((text) => `use:${text}`),
    fc.constantFrom(...events).map(({ eventId }) => `event:${eventId}`),
  );
}

const anyFilter = () =>
  fc
    .array(fc.tuple(anyCondition(), fc.constantFrom('', '', '-', '~')), { maxLength: 4 })
    .map((parts) => parts.map(([text, sign]) => `${sign}${text}`).join(' '));

function anyRange() {
  const times = stage.own.events.map(({ time }) => time);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const moment = fc.option(fc.integer({ min: first - 3_600_000, max: last + 3_600_000 }));
  return fc.record({ from: moment, to: moment });
}

describe('the store answers as the pure functions do', () => {
  test('the sessions are those of the whole log', async () => {
    expect(await sessionsFound(question({ chips: [] }))).toEqual(stage.own.sessions);
  });

  test('any filter and range of sessions', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter(), anyRange(), async (text, range) => {
        const { filter, problems } = parseFilter(text);
        expect(problems).toEqual([]);
        const fits = sessionMatcher(filter, CONTEXT);
        const expected = stage.own.sessions.filter(
          (session) =>
            fits(session) &&
            (range.to === null || session.start < range.to) &&
            (range.from === null || (session.end ?? session.asOf) >= range.from),
        );
        expect(idsOf(await sessionsFound(question(filter, range)))).toEqual(idsOf(expected));
      }),
      { numRuns: 300 },
    );
  });

  test('any filter and range of events', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter(), anyRange(), async (text, range) => {
        const { filter } = parseFilter(text);
        const fits = eventMatcher(filter, CONTEXT);
        const expected = stage.own.events.filter(
          (event) =>
            fits(event) &&
            (range.to === null || event.time < range.to) &&
            (range.from === null || event.time >= range.from),
        );
        expect(textsOf(await eventsFound(question(filter, range)))).toEqual(textsOf(expected));
      }),
      { numRuns: 100 },
    );
  });
});

describe('order', () => {
  it.each([
    ['start', 'asc'],
    ['start', 'desc'],
    ['use', 'desc'],
    ['use', 'asc'],
    ['duration', 'desc'],
  ] as const)('sessions by %s, %s', async (sort, order) => {
    const found = await sessionsFound(question({ chips: [] }), { sort, order });
    const keys = found.map(
      (session) => ({ start: session.start, use: session.useMs, duration: session.durationMs })[sort],
    );
    expect(keys).toEqual(keys.toSorted((a, b) => (order === 'asc' ? a - b : b - a)));
    expect(idsOf(found)).toEqual(idsOf(stage.own.sessions));
  });
});

describe('no row of another company', () => {
  it('is found, whatever is asked', async () => {
    const foreign = { ...question({ chips: [] }), companyId: stage.foreign.id };
    expect(await sessionsFound(foreign)).toEqual([]);
    expect(await eventsFound(foreign)).toEqual([]);
  });

  it('counts for names that both companies have', async () => {
    const shared = parseFilter(`host:${stage.foreign.sessions[0]!.computer}`).filter;
    const ids = new Set(stage.foreign.sessions.map(({ id }) => id));
    for (const { id } of await sessionsFound(question(shared))) expect(ids).not.toContain(id);
  });
});

describe('what is not understood is refused by name', () => {
  const refused = (fields: Partial<Parameters<typeof questionOf>[1]>) => {
    try {
      questionOf(1, { filter: '', timezone: 'UTC', ...fields });
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      return (error as AppError).fields;
    }
    return [];
  };

  it('a filter, with the place', () => {
    expect(refused({ filter: 'user:ana dur:long' })).toEqual([
      { field: 'filter', expected: expect.stringMatching(/^characters 13 to 17: dur: "long" was given/) },
    ]);
  });

  it('a zone', () => {
    expect(refused({ timezone: 'Mars/Base' })).toMatchObject([{ field: 'timezone' }]);
  });
});
