/** Every row of the event tables: documented, unique, and decoded from a literal event as it should be. */
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../model.ts';
import { auditAdvice } from './audit-advice.ts';
import { decode } from './decode.ts';
import { channelOf, findDefinition, isWanted, PROVIDERS } from './index.ts';
import { AT, type EventCase, windowsRecord } from './testdata/record.ts';
import { SECURITY_CASES } from './testdata/security.ts';
import { SYSTEM_CASES } from './testdata/system.ts';

const CASES: readonly EventCase[] = [...SECURITY_CASES, ...SYSTEM_CASES];
const ROWS = PROVIDERS.flatMap((table) => table.events.map((event) => ({ table, event })));

const NOTHING: Omit<SessionEvent, 'signal' | 'provider' | 'channel' | 'eventId'> = {
  time: AT,
  computer: 'PC-0012',
  computerFqdn: 'PC-0012.corp.example',
  recordId: 17,
  user: null,
  domain: null,
  sid: null,
  logonId: null,
  linkedLogonId: null,
  logonType: null,
  terminalSessionId: null,
  sessionName: null,
  sourceAddress: null,
  sourcePort: null,
  destinationAddress: null,
  destinationPort: null,
  clientName: null,
  workstation: null,
  elevated: null,
  status: null,
  subStatus: null,
  failureReason: null,
  logonProcess: null,
  authPackage: null,
  detail: null,
  source: { file: 'Security.evtx', record: 17 },
  identity: null,
};

function rowOf({ provider, id }: EventCase) {
  const name = provider.toLowerCase();
  return ROWS.find(({ table, event }) => table.provider.toLowerCase() === name && event.id === id)!;
}

describe('a literal event becomes', () => {
  test.each(CASES)('$provider $id: $says', (literal) => {
    const { table, event } = rowOf(literal);
    const record = windowsRecord({
      provider: literal.provider,
      channel: literal.channel ?? null,
      eventId: literal.id,
      ...(literal.fields && { fields: literal.fields }),
    });
    expect(decode(record)).toEqual({
      ...NOTHING,
      provider: table.provider,
      channel: channelOf(table, event),
      eventId: literal.id,
      ...literal.gives,
    });
  });

  test('every row has its case', () => {
    const shown = new Set(CASES.map((literal) => rowOf(literal).event));
    expect(ROWS.filter(({ event }) => !shown.has(event)).map(({ event }) => event.id)).toEqual([]);
  });
});

describe('the tables', () => {
  test('name each provider and each ID of it once', () => {
    const names = PROVIDERS.map(({ provider }) => provider.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { events } of PROVIDERS) expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  test.each(ROWS)('explain $event.id of $table.provider', ({ event }) => {
    expect(event.name).not.toBe('');
    expect(event.legend.label).not.toBe('');
    expect(event.legend.colour).toMatch(/^[a-z]+$/);
    expect(event.ecs?.category.length).toBeGreaterThan(0);
    const known = auditAdvice().map(({ subcategory }) => subcategory);
    if (event.audit !== null) expect(known).toContain(event.audit);
  });

  test('keep IDs apart that several providers use', () => {
    expect(findDefinition('Microsoft-Windows-Kernel-Power', 42)?.signal).toBe('sleep');
    expect(findDefinition('Microsoft-Windows-TerminalServices-LocalSessionManager', 42)?.signal).toBe(
      'other',
    );
    expect(findDefinition('Microsoft-Windows-Kernel-General', 1)?.signal).toBe('clockChange');
    expect(findDefinition('Microsoft-Windows-Power-Troubleshooter', 1)?.signal).toBe('wake');
  });

  test('know providers in any case, and nobody else', () => {
    expect(isWanted('MICROSOFT-WINDOWS-SECURITY-AUDITING', 4624)).toBe(true);
    expect(isWanted('user32', 1074)).toBe(true);
    expect(isWanted('EventSystem', 4625)).toBe(false);
    expect(isWanted('Microsoft-Windows-Security-Auditing', 4688)).toBe(false);
    expect(isWanted('constructor', 1)).toBe(false);
  });

  test('without a provider the channel decides, where it can', () => {
    expect(findDefinition(null, 4800, 'security')?.signal).toBe('lock');
    expect(findDefinition(null, 104, 'System')?.signal).toBe('logCleared');
    expect(findDefinition(null, 1, 'System')).toBeNull();
    expect(findDefinition(null, 4800)).toBeNull();
  });
});
