/** A server that is killed under load, again and again: every event it acknowledged is there, once, and sessions are right. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestPortal } from '../../http/testdata/portal.ts';

const KILLS = 20;
const SENDERS = 8;
const SCRIPT = fileURLToPath(new URL('./testdata/killed-server.ts', import.meta.url));
const WORDS = ['Logon', 'Lock', 'Unlock', 'Logoff'] as const;

interface Sender {
  readonly name: string;
  /** Events that were acknowledged so far: the next one's number. */
  acknowledged: number;
}

/** The n-th event of a sender. */
function eventOf({ name }: Sender, n: number): string {
  const time = new Date(Date.parse('2026-03-01T00:00:00Z') + n * 60_000).toISOString();
  const event = { EventType: WORDS[n % WORDS.length], UserName: name, ComputerName: name, Timestamp: time };
  return JSON.stringify(event);
}

/** Sends one event after the other until the server is gone; what was not acknowledged is sent again to the next one. */
async function sendUntilGone(sender: Sender, url: string, key: string): Promise<void> {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  try {
    for (;;) {
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body: eventOf(sender, sender.acknowledged),
      });
      await answer.arrayBuffer();
      if (answer.status !== 200 && answer.status !== 201) return;
      sender.acknowledged++;
    }
  } catch {
    // The connection broke: the server was killed before this answer.
  }
}

test(`${KILLS} kills under load: nothing acknowledged is lost, nothing is there twice`, async () => {
  const portal = await openTestPortal({ routes: () => [] });
  try {
    const { key, companyId } = await portal.addCompany('Acme');
    const senders = Array.from({ length: SENDERS }, (_, i): Sender => ({ name: `PC-${i}`, acknowledged: 0 }));
    const pauses = fc.sample(fc.integer({ min: 20, max: 250 }), { numRuns: KILLS, seed: 1 });
    for (const pauseMs of pauses) {
      const server = spawn(process.execPath, [SCRIPT, portal.folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(server, 'exit');
      try {
        const [line] = (await once(server.stdout, 'data')) as [Buffer];
        const url = `http://127.0.0.1:${Number(line.toString())}/api/log_event`;
        const sending = Promise.all(senders.map((sender) => sendUntilGone(sender, url, key)));
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        server.kill('SIGKILL');
        await sending;
      } finally {
        server.kill('SIGKILL');
        await gone;
      }
    }
    const rows = await portal.store.db
      .selectFrom('events')
      .select(['time', 'user_name'])
      .where('company_id', '=', companyId)
      .execute();
    for (const { name, acknowledged } of senders) {
      const times = rows.filter((row) => row.user_name === name.toLowerCase()).map(({ time }) => time);
      expect(acknowledged).toBeGreaterThan(0);
      expect(new Set(times).size).toBe(times.length);
      // The last one may have been stored without its answer; all before it were acknowledged.
      expect([acknowledged, acknowledged + 1]).toContain(times.length);
      const first = Date.parse('2026-03-01T00:00:00Z');
      expect(times.sort((a, b) => a - b)).toEqual(times.map((_, n) => first + n * 60_000));
    }
    expect(await portal.store.events.rebuild(Date.now(), companyId)).toMatchObject({ corrected: 0 });
  } finally {
    await portal.close();
  }
}, 120_000);
