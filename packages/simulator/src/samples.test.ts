/** The samples in the repository are what the simulator writes today. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readAllFields } from '@logonscope/readers';
import { expect, test } from 'vitest';
import { SECURITY } from './layouts/index.ts';
import { sampleFiles } from './samples.ts';

const FOLDER = resolve(import.meta.dirname, '../../../samples/simulated');
const CURE = 'run `node tools/samples.ts`';

const present = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).split(sep).join('/'));

test('no sample is missing and none is left over', () => {
  expect(present.sort(), CURE).toEqual([...sampleFiles().keys()].sort());
});

test('every sample has the bytes that are made now', () => {
  const changed = [...sampleFiles()].filter(
    ([path, bytes]) => Buffer.compare(readFileSync(join(FOLDER, path)), bytes) !== 0,
  );
  expect(
    changed.map(([path]) => path),
    CURE,
  ).toEqual([]);
});

test('the week holds the four events that no public EVTX file holds, and the day their remote relatives', async () => {
  const ids = async (path: string) =>
    new Set(
      (await readAllFields(new Uint8Array(readFileSync(join(FOLDER, path))))).map(({ eventId }) => eventId),
    );
  const week = await ids('workstation-week/Security.evtx');
  for (const { id } of [SECURITY.locked, SECURITY.unlocked, SECURITY.screensaverOn, SECURITY.screensaverOff])
    expect(week).toContain(id);
  const day = await ids('terminal-server-day/Security.evtx');
  for (const { id } of [SECURITY.disconnected, SECURITY.reconnected]) expect(day).toContain(id);
});
