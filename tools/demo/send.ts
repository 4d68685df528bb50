/** Sends simulated records to a server, as an agent of their site would. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  call,
  EVENTS_PER_POST_MAX,
  RefusedError,
  sendEvents,
  type UploadResult,
  type WindowsUpload,
} from '@logonscope/protocol';
import { fieldText, type SimRecord } from '@logonscope/simulator';

export interface Target {
  /** `http://127.0.0.1:8000`. */
  readonly base: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

const TRIES_MAX = 10;
const RETRY_MS = 1_000;

/** The record as an agent reports it: Windows' own names, all values as text. */
export function uploadOf(record: SimRecord): WindowsUpload {
  const { layout, recordId, computer, time } = record;
  const names = layout.fields.flatMap(({ name, type }, index) =>
    type === 'strings'
      ? (record.values[index] as readonly string[]).map((_, position) => `#${position}`)
      : name === ''
        ? []
        : [name],
  );
  return {
    provider: layout.provider,
    eventId: layout.id,
    channel: layout.channel,
    recordId,
    computer,
    time: new Date(time).toISOString(),
    fields: Object.fromEntries(names.map((name) => [name, fieldText(record, name)])),
  };
}

/** Stores all of them; resolves when they are safe. Returns how many were new. */
export async function sendRecords(target: Target, records: readonly SimRecord[]): Promise<number> {
  let stored = 0;
  for (let from = 0; from < records.length; from += EVENTS_PER_POST_MAX) {
    const result = await post(target, records.slice(from, from + EVENTS_PER_POST_MAX).map(uploadOf));
    if (result.refused > 0) {
      const [{ at, field, expected }] = result.problems as [UploadResult['problems'][number]];
      throw new Error(`the server refused event ${from + at}: ${field}, expected ${expected}`);
    }
    stored += result.stored;
  }
  return stored;
}

/** A server that asks for patience gets some. */
async function post({ base, key, signal }: Target, body: WindowsUpload[]): Promise<UploadResult> {
  for (let tries = 1; ; tries++) {
    try {
      const options = { base, headers: () => ({ 'x-api-key': key }) };
      return (await call(options, sendEvents, { query: {}, body, signal })).body;
    } catch (error) {
      const busy = error instanceof RefusedError && error.refusal.retryAfterSeconds !== null;
      if (!busy || tries >= TRIES_MAX) throw error;
      await wait(RETRY_MS, undefined, { signal });
    }
  }
}
