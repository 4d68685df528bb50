/** Files hold what the lists show: every format, any filter, chosen columns; and refusals come before the first byte. */
import { eventMatcher, parseFilter, REPORTS, sessionMatcher } from '@logonscope/core';
import {
  eventTable,
  findWriter,
  pickColumns,
  SESSION_COLUMNS,
  sessionTable,
  type Table,
  tableFromObjects,
} from '@logonscope/writers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReading } from '../../open-reading.ts';
import { bytesOf } from '../../questions/reading.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { exportRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies({ days: 8, computers: 6 });
  ({ ask } = await askingServer(
    stage,
    exportRoutes(openReading(stage.store, { url: 'sqlite::memory:', folder: '.' })),
  ));
});
afterAll(() => stage.store.close());

const written = async (format: string, table: Table) =>
  Buffer.from(
    await bytesOf((sink) => findWriter(format)!.write(table, async (bytes) => sink(new Uint8Array(bytes)))),
  ).toString();

describe('sessions', () => {
  it.each(['csv', 'ndjson', 'json'])('as %s are the bytes that the command line writes', async (format) => {
    const filter = 'dur:>10m';
    const fits = sessionMatcher(parseFilter(filter).filter);
    const expected = await written(
      format,
      sessionTable(stage.own.sessions.filter(fits), { timezone: 'UTC' }),
    );
    const { status, bytes, headers } = await ask(stage.own, 'exports/sessions', { format, filter });
    expect(status).toBe(200);
    expect(headers['content-disposition']).toBe(`attachment; filename="sessions.${format}"`);
    expect(bytes.toString()).toBe(expected);
  });

  it.each([
    ['xlsx', 'PK'],
    ['pdf', '%PDF-'],
    ['parquet', 'PAR1'],
  ])('as %s begin as such files do', async (format, magic) => {
    const { status, bytes } = await ask(stage.own, 'exports/sessions', { format });
    expect(status).toBe(200);
    expect(bytes.subarray(0, magic.length).toString()).toBe(magic);
  });

  it('have the columns asked for, in that order', async () => {
    const columns = pickColumns(SESSION_COLUMNS, ['user', 'use', 'start']);
    const table = tableFromObjects({ title: '', columns, objects: stage.own.sessions });
    const { bytes } = await ask(stage.own, 'exports/sessions', { columns: 'user,use,start' });
    expect(bytes.toString()).toBe(await written('csv', table));
  });
});

describe('events', () => {
  it('as CSV are all that fit, over many pieces, with one line of titles', async () => {
    const fits = eventMatcher(parseFilter('-event:lock').filter);
    const expected = stage.own.events.filter(fits);
    expect(stage.own.events.length).toBeGreaterThan(4_000);
    const { bytes } = await ask(stage.own, 'exports/events', { filter: '-event:lock' });
    const lines = bytes.toString().trimEnd().split('\r\n');
    const [title, ...rows] = (await written('csv', eventTable(expected))).trimEnd().split('\r\n');
    expect(lines[0]).toBe(title);
    expect(lines.slice(1).sort()).toEqual(rows.sort());
  });
});

describe('reports', () => {
  it.each(REPORTS.map(({ id }) => id))('%s as CSV has its columns', async (id) => {
    const { status, bytes } = await ask(stage.own, `exports/reports/${id}`);
    expect(status).toBe(200);
    const { columns } = REPORTS.find((known) => known.id === id)!;
    const [titles] = (await written('csv', { title: '', columns, rows: [] })).split('\r\n');
    expect(bytes.toString().split('\r\n')[0]).toBe(titles);
  });
});

describe('refusals', () => {
  it.each([
    ['exports/sessions', { columns: 'user,colour' }, 400],
    ['exports/sessions', { format: 'doc' }, 400],
    ['exports/sessions', { filter: 'dur:long' }, 400],
    ['exports/reports/none', {}, 404],
  ] as const)('of %s with %o', async (path, query, status) => {
    const answer = await ask(stage.own, path, query);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toEqual(expect.any(String));
  });

  it('nothing of another company is in a file', async () => {
    expect((await ask(stage.own, `../${stage.foreign.id}/exports/sessions`)).status).toBe(404);
    const { bytes } = await ask(stage.own, 'exports/sessions', { format: 'ndjson' });
    for (const { id } of stage.foreign.sessions) expect(bytes.toString()).not.toContain(`"${id}"`);
  });
});
