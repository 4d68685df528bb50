/** The law of packing: nothing is lost or changed on the way between threads. */
import { type SessionEvent, SIGNALS } from '@logonscope/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packEvents, unpackEvents } from './event-batch.ts';

const text = fc.option(fc.string());
const count = fc.option(fc.nat());
const anyEvent: fc.Arbitrary<SessionEvent> = fc.record({
  time: fc.integer(),
  signal: fc.constantFrom(...SIGNALS),
  computer: fc.string(),
  computerFqdn: text,
  channel: text,
  provider: text,
  eventId: count,
  recordId: fc.option(fc.maxSafeNat()),
  user: text,
  domain: text,
  sid: text,
  logonId: text,
  linkedLogonId: text,
  logonType: count,
  terminalSessionId: count,
  sessionName: text,
  sourceAddress: text,
  sourcePort: count,
  destinationAddress: text,
  destinationPort: count,
  clientName: text,
  workstation: text,
  elevated: fc.option(fc.boolean()),
  status: text,
  subStatus: text,
  failureReason: text,
  logonProcess: text,
  authPackage: text,
  detail: fc.option(fc.record({ word: fc.string(), newTime: fc.integer() })),
  source: fc.record(
    { file: fc.string(), record: fc.nat(), line: fc.nat(), offset: fc.nat() },
    { requiredKeys: ['file'] },
  ),
  identity: text,
});

test('what is packed comes out again, attribute for attribute and in the same order', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const back: SessionEvent[] = [];
      unpackEvents(structuredClone(packEvents(events)), (event) => back.push(event));
      expect(back).toEqual(events);
      expect(back.map((event) => Object.keys(event))).toEqual(events.map((event) => Object.keys(event)));
    }),
  );
});
