/** JSON streams give back what went in, in batches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from './fixtures.ts';
import { writeJsonValues } from './json.ts';

async function written(values: Iterable<unknown>, ndjson: boolean): Promise<string> {
  const out = collector();
  await writeJsonValues(values, out.sink, { ndjson });
  return out.text();
}

describe('streams of JSON values', () => {
  it('are an array with one value a line', async () => {
    expect(await written([{ a: 1 }, { a: null }], false)).toBe('[\n{"a":1},\n{"a":null}\n]\n');
    expect(await written([], false)).toBe('[]\n');
  });

  it('are lines as NDJSON', async () => {
    expect(await written([{ a: 1 }, 'x'], true)).toBe('{"a":1}\n"x"\n');
    expect(await written([], true)).toBe('');
  });

  it('give back any values, whole or line by line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
        const same = JSON.parse(JSON.stringify(values));
        expect(JSON.parse(await written(values, false))).toEqual(same);
        const lines = (await written(values, true)).split('\n').slice(0, -1);
        expect(lines.map((line) => JSON.parse(line))).toEqual(same);
      }),
    );
  });

  it('come in batches of about 64 KiB, read only as far as they are written', async () => {
    const sizes: number[] = [];
    let read = 0;
    const readAtFirstBatch: number[] = [];
    function* values() {
      for (; read < 20_000; read++) yield { user: `user${read}`, note: 'x'.repeat(80) };
    }
    await writeJsonValues(values(), async (bytes) => {
      sizes.push(bytes.length);
      readAtFirstBatch.push(read);
    });
    expect(Math.max(...sizes)).toBeLessThan(66_000);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(60_000);
    expect(readAtFirstBatch[0]).toBeLessThan(1000);
  });
});
