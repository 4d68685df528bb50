/** Long readings in threads: the same answers, refusals as refusals, bytes at the reader's pace, and the caller's walls. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from './app-error.ts';
import { openReading } from './open-reading.ts';
import { questionOf } from './questions/question.ts';
import { bytesOf, type Reading, readingHere } from './questions/reading.ts';
import { reportWish } from './questions/report-fields.ts';
import { streamed } from './questions/streamed.ts';
import { type TwoCompanies, twoCompanies } from './questions/testdata/two-companies.ts';
import { READ_TASKS, type ReadTasks } from './read-tasks.ts';

let stage: TwoCompanies;
let threads: Reading<ReadTasks>;
let here: Reading<ReadTasks>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logonscope-reading-'));
  stage = await twoCompanies({ days: 6, computers: 6, url: 'sqlite:///store.db', folder });
  threads = openReading(stage.store, { url: 'sqlite:///store.db', folder });
  here = readingHere(READ_TASKS, () => stage.own.source);
});
afterAll(async () => {
  await threads.close();
  await stage.store.close();
  rmSync(folder, { recursive: true });
});

const FIELDS = { filter: '', timezone: 'UTC', dayStart: 0 };
const files = (format: string) => ({ question: questionOf(stage.own.id, FIELDS), format });

describe('a reading in a thread', () => {
  it('gives the report that it gives here', async () => {
    const wish = reportWish(stage.own.id, 'daily', FIELDS);
    const report = await threads.run(stage.own.caller, 'runReport', wish);
    expect(report.rows.length).toBeGreaterThan(10);
    expect(report).toEqual(await here.run(stage.own.caller, 'runReport', wish));
  });

  it('gives the bytes that it gives here', async () => {
    const both = [threads, here].map((reading) =>
      bytesOf((sink) => reading.run(stage.own.caller, 'exportEvents', files('csv'), sink)),
    );
    const [there, same] = await Promise.all(both);
    expect(there!.length).toBeGreaterThan(100_000);
    expect(Buffer.from(there!).equals(Buffer.from(same!))).toBe(true);
  });

  it('sees only what its caller may see', async () => {
    const wish = { ...files('ndjson'), question: questionOf(stage.foreign.id, FIELDS) };
    const bytes = await bytesOf((sink) => threads.run(stage.own.caller, 'exportSessions', wish, sink));
    expect(Buffer.from(bytes).toString()).toBe('');
    const own = await bytesOf((sink) => threads.run(stage.foreign.caller, 'exportSessions', wish, sink));
    expect(own.length).toBeGreaterThan(1_000);
  });

  it('refuses in the same words, and works on', async () => {
    const wish = reportWish(stage.own.id, 'none', FIELDS);
    const refused = await threads.run(stage.own.caller, 'runReport', wish).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ kind: 'not-found', code: 'report/not-found' });
    await threads.run(stage.own.caller, 'runReport', reportWish(stage.own.id, 'daily', FIELDS));
  });

  it('stops when its reader leaves, and works on', async () => {
    const file = await streamed((sink) => threads.run(stage.own.caller, 'exportEvents', files('csv'), sink));
    for await (const bytes of file) {
      expect(bytes.length).toBeGreaterThan(0);
      break;
    }
    await threads.run(stage.own.caller, 'runReport', reportWish(stage.own.id, 'daily', FIELDS));
  });

  it('runs several one after the other', async () => {
    const wish = reportWish(stage.own.id, 'time-spent', FIELDS);
    const many = Array.from({ length: 8 }, () => threads.run(stage.own.caller, 'runReport', wish));
    const [first, ...others] = await Promise.all(many);
    for (const other of others) expect(other).toEqual(first);
  });
});
