/** An address and back: what was shared is what is seen; what somebody made up is thrown away. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ALL_MARKERS } from './data/markers.ts';
import { ALL_CLASSES } from './data/states.ts';
import { FIRST_VIEW, readSharedView, type SharedView, writeSharedView } from './url.ts';

const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((second) => second * 1000);
const span = fc
  .tuple(instant, fc.integer({ min: 1, max: 1_000_000 }))
  .map(([from, seconds]) => ({ from, to: from + seconds * 1000 }));
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const shared: fc.Arbitrary<SharedView> = fc.record({
  by: fc.constantFrom('user', 'computer', 'site'),
  mode: fc.constantFrom('lanes', 'actogram', 'concurrency'),
  view: fc.option(span),
  brush: fc.option(span),
  choice: fc.record({
    search: text,
    hidden: fc.uniqueArray(name, { maxLength: 4 }).map((names) => new Set(names)),
    pinned: fc.uniqueArray(name, { maxLength: 4 }),
    only: fc.option(name),
    expanded: fc.boolean(),
  }),
  legend: fc.record({ classes: fc.nat({ max: ALL_CLASSES }), markers: fc.nat({ max: ALL_MARKERS }) }),
  rowPx: fc.option(fc.integer({ min: 1, max: 96 })),
  session: fc.option(fc.stringMatching(/^[0-9a-f]{16}$/)),
  marks: fc.array(
    fc
      .tuple(span, text, fc.boolean())
      .map(([{ from, to }, label, moment]) => ({ from, to: moment ? from : to, name: label })),
    { maxLength: 3 },
  ),
  trail: fc.array(span, { maxLength: 3 }),
});

test('whatever is shared comes back, through the address bar', () => {
  fc.assert(
    fc.property(shared, (view) => {
      const texts = Object.entries(writeSharedView(view)).filter(([, value]) => value !== undefined);
      const bar = new URLSearchParams(texts as [string, string][]).toString();
      expect(readSharedView(Object.fromEntries(new URLSearchParams(bar)))).toEqual(view);
    }),
  );
});

describe('an address', () => {
  it('keeps a mark whose name holds the signs that part marks', () => {
    const marks = [
      { from: 0, to: 1000, name: 'a!b~c, d' },
      { from: 0, to: 0, name: '' },
    ];
    expect(readSharedView({ marks: writeSharedView({ ...FIRST_VIEW, marks }).marks }).marks).toEqual(marks);
  });

  it('of the view at first says nothing', () => {
    expect(Object.values(writeSharedView(FIRST_VIEW)).every((value) => value === undefined)).toBe(true);
    expect(readSharedView({})).toMatchObject({ by: 'user', mode: 'lanes', view: null, rowPx: null });
  });

  it('that somebody made up falls back to what is usual', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('by', 'mode', 'view', 'sel', 'rows', 'session', 'marks', 'trail', 'pin', 'states'),
          fc.string(),
        ),
        (texts) => {
          const read = readSharedView(texts);
          expect(['user', 'computer', 'site']).toContain(read.by);
          expect(read.view === null || read.view.to > read.view.from).toBe(true);
        },
      ),
    );
    expect(readSharedView({ view: '2026-05-05T00:00:00Z..2026-05-04T00:00:00Z' }).view).toBeNull();
    expect(readSharedView({ rows: '4000' }).rowPx).toBeNull();
    expect(readSharedView({ session: '../../etc' }).session).toBeNull();
  });
});
