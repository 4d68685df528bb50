// The outbox keeps everything it said it kept, whatever is torn, and no more than what waits.
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../event.ts';
import { OutboxFullError, type OutboxOptions, openOutbox } from './outbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const event = (time: number): AgentEvent => ({
  time,
  upload: { type: 'Lock', computer: 'PC-1', time: new Date(time).toISOString(), user: `user ${time}` },
  plain: { word: 'Lock', user: `user ${time}` },
});
const events = (from: number, count: number) => Array.from({ length: count }, (_, i) => event(from + i));
const open = (options: OutboxOptions = {}) => openOutbox(folder, options);
const times = (list: readonly AgentEvent[]) => list.map(({ time }) => time);
const lastSegment = () => join(folder, readdirSync(folder).toSorted().at(-1)!);

describe('an outbox', () => {
  it('hands out what waits, in order and numbered, until it is delivered', () => {
    const outbox = open();
    outbox.keep('a', events(1, 3));
    outbox.keep('b', events(4, 2));
    expect(outbox.waiting(4).map(({ n, time }) => [n, time])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    outbox.delivered(2);
    expect(times(outbox.waiting(10))).toEqual([3, 4, 5]);
    expect(outbox.waitingCount()).toBe(3);
    outbox.delivered(5);
    expect(outbox.waiting(10)).toEqual([]);
    outbox.close();
  });

  it('knows after a restart what waits, where sources were, and who it is', () => {
    const first = open();
    first.keep('security', events(1, 2), 'record 7');
    first.keep('system', [], 'record 3');
    first.delivered(1);
    first.close();
    const second = open();
    expect(second.epoch).toBe(first.epoch);
    expect(times(second.waiting(10))).toEqual([2]);
    expect([second.bookmark('security'), second.bookmark('system'), second.bookmark('x')]).toEqual([
      'record 7',
      'record 3',
      null,
    ]);
    second.keep('security', [event(9)], 'record 8');
    expect(second.waiting(10).map(({ n }) => n)).toEqual([2, 3]);
    second.close();
  });

  it('keeps events and the place of their source together or not at all, wherever the power went', () => {
    const outbox = open();
    outbox.keep('s', [event(1)], '1');
    const before = statSync(lastSegment()).size;
    outbox.keep('s', events(2, 3), '4');
    const whole = readFileSync(lastSegment());
    outbox.close();
    for (let size = before; size < whole.length; size++) {
      writeFileSync(lastSegment(), whole);
      truncateSync(lastSegment(), size);
      const again = open();
      expect([times(again.waiting(9)), again.bookmark('s')]).toEqual([[1], '1']);
      again.keep('s', events(2, 3), '4');
      expect([times(again.waiting(9)), again.bookmark('s')]).toEqual([[1, 2, 3, 4], '4']);
      again.close();
    }
  });

  it('is as small as what waits', () => {
    const outbox = open({ segmentBytes: 2_000 });
    for (let n = 1; n <= 500; n++) {
      outbox.keep('s', [event(n)], String(n));
      if (n > 3) outbox.delivered(n - 3);
    }
    expect(readdirSync(folder).length).toBeLessThan(4);
    expect(times(outbox.waiting(9))).toEqual([498, 499, 500]);
    outbox.close();
    const again = open({ segmentBytes: 2_000 });
    expect(times(again.waiting(9))).toEqual([498, 499, 500]);
    expect(again.bookmark('s')).toBe('500');
    again.close();
  });

  it('takes no more than its room, and goes on once there is room again', () => {
    const outbox = open({ segmentBytes: 1_000, sizeBytesMax: 5_000 });
    let kept = 0;
    expect(() => {
      for (; kept < 1_000; kept++) outbox.keep('s', [event(kept + 1)]);
    }).toThrow(OutboxFullError);
    expect(kept).toBeGreaterThan(10);
    outbox.delivered(kept - 1);
    outbox.keep('s', [event(kept + 1)]);
    expect(times(outbox.waiting(9))).toEqual([kept, kept + 1]);
    outbox.close();
  });

  it('tells of damage in the middle, and loses only that', () => {
    const heard: string[] = [];
    const outbox = open({ segmentBytes: 1_500 });
    for (let n = 1; n <= 30; n++) outbox.keep('s', [event(n)], String(n));
    outbox.close();
    const first = join(folder, readdirSync(folder).toSorted()[0]!);
    const bytes = readFileSync(first);
    bytes[bytes.indexOf('user 3')] = 63;
    writeFileSync(first, bytes);
    const again = open({ trouble: (text) => heard.push(text) });
    expect(times(again.waiting(99))).toEqual(times(events(1, 30)).filter((time) => time !== 3));
    expect(heard).toHaveLength(1);
    again.close();
  });

  it('begins a new life where nothing of the old one can be read', () => {
    const outbox = open();
    outbox.keep('s', [event(1)]);
    outbox.close();
    writeFileSync(lastSegment(), 'no line of ours\n');
    const again = open();
    expect(again.epoch).not.toBe(outbox.epoch);
    again.keep('s', [event(2)]);
    expect(times(again.waiting(9))).toEqual([2]);
    again.close();
    appendFileSync(lastSegment(), 'torn');
    const third = open();
    expect(times(third.waiting(9))).toEqual([2]);
    third.close();
  });

  it('law: what was kept and not delivered waits, in order, through any restarts', () => {
    const step = fc.oneof(
      fc.record({ keep: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ deliver: fc.integer({ min: 1, max: 7 }) }),
      fc.constant('restart' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        rmSync(folder, { recursive: true, force: true });
        let outbox = open({ segmentBytes: 600 });
        const expected: number[] = [];
        let next = 1;
        let delivered = 0;
        for (const does of steps) {
          if (does === 'restart') {
            outbox.close();
            outbox = open({ segmentBytes: 600 });
          } else if ('keep' in does) {
            outbox.keep('s', events(next, does.keep), String(next));
            for (let i = 0; i < does.keep; i++) expected.push(next++);
          } else {
            const taken = outbox.waiting(does.deliver);
            if (taken.length === 0) continue;
            outbox.delivered(taken.at(-1)!.n);
            delivered += taken.length;
          }
          expect(times(outbox.waiting(1_000))).toEqual(expected.slice(delivered));
        }
        outbox.close();
      }),
      { numRuns: 60 },
    );
  });
});
