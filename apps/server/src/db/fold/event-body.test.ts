// What the store keeps of an event is all of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHistory } from '../testdata/histories.ts';
import { eventBody, eventOfBody } from './event-body.ts';
import { identityHash } from './identity.ts';

test('any event comes back as it was, and is the same event', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      for (const event of history) {
        expect(eventOfBody(eventBody(event))).toEqual(event);
        expect(identityHash(eventOfBody(eventBody(event)))).toBe(identityHash(event));
      }
    }),
  );
});

test('a place in a file is kept, whatever else it looks like', () => {
  const event = eventOfBody('{"time":1,"signal":"lock","computer":"PC-1","identity":"k"}');
  expect(event.source).toEqual({ file: 'agent/k' });
  for (const source of [
    { file: 'agent/k', line: 3 },
    { file: 'agent/k', record: 3 },
    { file: 'agent' },
    { file: 'agent.csv', line: 1, offset: 9 },
  ])
    expect(eventOfBody(eventBody({ ...event, source })).source).toEqual(source);
});
