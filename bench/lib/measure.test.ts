/** The measuring is measured: a child that burns CPU, a child that takes memory, a child that fails. */
import { expect, test } from 'vitest';
import { line, meets } from './figures.ts';
import { measure } from './measure.ts';
import { alternate, median } from './rounds.ts';

const script = (code: string) => ({ command: process.execPath, args: ['-e', code] });

test('CPU time is that of the child, not of its waiting', async () => {
  const busy = await measure(script('const t=process.cpuUsage();while(process.cpuUsage(t).user<150000);'));
  expect(busy.cpuSeconds).toBeGreaterThanOrEqual(0.14);
  const asleep = await measure(script('setTimeout(()=>{}, 400)'));
  expect(asleep.cpuSeconds).toBeLessThan(busy.cpuSeconds);
  expect(asleep.wallSeconds).toBeGreaterThan(0.39);
});

test('CPU time of grandchildren counts', async () => {
  const cost = await measure(
    script(
      `require('child_process').execFileSync(process.execPath, ['-e', 'const t=process.cpuUsage();while(process.cpuUsage(t).user<150000);'])`,
    ),
  );
  expect(cost.cpuSeconds).toBeGreaterThanOrEqual(0.14);
});

test('peak memory is seen even if it was given back', async () => {
  const cost = await measure(
    script('let b=Buffer.alloc(200<<20,1);setTimeout(()=>{b=null;setTimeout(()=>{},100)},100)'),
  );
  expect(cost.peakRssBytes).toBeGreaterThan(200 << 20);
});

test('a child that fails is an error, not a figure', async () => {
  await expect(measure(script('process.exit(2)'))).rejects.toThrow('status 2');
  await expect(measure({ command: 'no-such-command', args: [] })).rejects.toThrow();
});

test('contenders are named in the result', async () => {
  const { a, b } = await alternate({ a: script(''), b: script('') }, 2);
  expect(a.wallSeconds).toBeGreaterThan(0);
  expect(b.wallSeconds).toBeGreaterThan(0);
});

test('median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a figure says whether it meets its target', () => {
  const figure = { part: 'x', what: 'y', value: 1.5, unit: '×', most: 1 };
  expect(meets(figure)).toBe(false);
  expect(line(figure)).toMatch(/^MISS.*1\.50 ×.*at most 1/);
  expect(meets({ ...figure, most: 2 })).toBe(true);
  expect(meets({ ...figure, most: Number.POSITIVE_INFINITY, least: 2 })).toBe(false);
});
