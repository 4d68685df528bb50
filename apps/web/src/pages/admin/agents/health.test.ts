/** What is made of an agent's words: silent, behind, a clock that is off, audit policies that are missing. */
import { auditAdvice } from '@logonscope/core';
import { describe, expect, it } from 'vitest';
import { type Agent, clockText, missingAudit, stateOf } from './health.ts';

const NOW = Date.parse('2026-05-05T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const agent = (facts: Partial<Agent>): Agent => ({
  ...{ computer: 'PC-1', site: null, version: '1', lastSeen: ago(5), clockAheadMs: 0, backlog: 0 },
  ...{ oldestWaiting: null, auditPolicy: null },
  ...facts,
});

describe('the state of an agent', () => {
  it.each([
    ['heard of a moment ago', {}, 'well'],
    ['missed one call', { lastSeen: ago(45) }, 'well'],
    ['missed two and more', { lastSeen: ago(80) }, 'silent'],
    ['sends what just came', { backlog: 40, oldestWaiting: ago(2) }, 'well'],
    ['keeps old events back', { backlog: 40, oldestWaiting: ago(60) }, 'behind'],
    ['says when the first waited, but none does', { backlog: 0, oldestWaiting: ago(60) }, 'well'],
    ['silent with a backlog', { lastSeen: ago(300), backlog: 9, oldestWaiting: ago(400) }, 'silent'],
  ] as const)('%s', (_, facts, state) => {
    expect(stateOf(agent(facts), NOW)).toBe(state);
  });
});

it.each([
  [null, null],
  [59_000, null],
  [-59_000, null],
  [120_000, '+2 min'],
  [-7_200_000, '−2 h'],
])('a clock that is %s ms ahead: %s', (aheadMs, text) => {
  expect(clockText(aheadMs)).toBe(text);
});

describe('the audit policy', () => {
  const all = Object.fromEntries(auditAdvice().map(({ guid }) => [guid, 'both' as const]));

  it('lacks nothing where all is on, and is unknown where nothing was said', () => {
    expect(missingAudit(agent({ auditPolicy: all }))).toEqual([]);
    expect(missingAudit(agent({ auditPolicy: null }))).toBe(null);
  });

  it('names what is off, or on for failures alone, in whatever case the identifier comes', () => {
    const [first, second, third] = auditAdvice();
    const policy = { ...all, [first!.guid]: 'none' as const, [second!.guid]: 'failure' as const };
    const { [third!.guid]: value, ...rest } = policy;
    const lower = { ...rest, [third!.guid.toLowerCase()]: value! };
    expect(missingAudit(agent({ auditPolicy: lower }))).toEqual([first!.subcategory, second!.subcategory]);
  });
});
