/** Commits told to listeners in this process, and through the database's own channel to the other ones. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { LiveBus, StoreChange } from './ports.ts';

/** Within one process: all there is to an embedded store. */
export function localBus(): LiveBus {
  const emitter = new EventEmitter().setMaxListeners(0);
  const channel = (companyId: number) => `company ${companyId}`;
  return {
    publish(changes) {
      for (const change of changes) emitter.emit(channel(change.companyId), change);
    },
    subscribe(companyId, heard: (change: StoreChange) => void) {
      emitter.on(channel(companyId), heard);
      return () => void emitter.off(channel(companyId), heard);
    },
  };
}

const CHANNEL = 'logonscope_live';
/** PostgreSQL takes messages below 8,000 bytes. */
const MAX_MESSAGE_BYTES = 7_500;
/** Of a larger commit the others hear this much; who watches asks the store for the rest. */
const MAX_MESSAGES = 20;

/** How news leave this process and arrive from others. */
export interface Messenger {
  send(channel: string, message: string): Promise<void>;
  listen(channel: string, heard: (message: string) => void): Promise<() => Promise<void>>;
}

export interface SharedBus extends LiveBus {
  end(): Promise<void>;
}

/** Across processes: what is published in one is heard in all. Never holds up a commit, and never fails one. */
export async function sharedBus(messenger: Messenger): Promise<SharedBus> {
  const local = localBus();
  const own = randomUUID();
  const end = await messenger.listen(CHANNEL, (message) => {
    const [from, changes] = JSON.parse(message) as [string, StoreChange[]];
    if (from !== own) local.publish(changes);
  });
  return {
    subscribe: local.subscribe,
    publish(changes) {
      local.publish(changes);
      const messages = packed(own, changes);
      const send = async () => {
        for (const message of messages) await messenger.send(CHANNEL, message);
      };
      send().catch(() => {});
    },
    end,
  };
}

function packed(own: string, changes: readonly StoreChange[]): string[] {
  const messages: string[] = [];
  let parts: string[] = [];
  let bytes = 0;
  const finish = () => {
    if (parts.length > 0) messages.push(`["${own}",[${parts.join(',')}]]`);
    parts = [];
    bytes = 0;
  };
  for (const change of changes) {
    const text = JSON.stringify(change);
    const length = Buffer.byteLength(text) + 1;
    if (length > MAX_MESSAGE_BYTES) continue;
    if (bytes + length > MAX_MESSAGE_BYTES) finish();
    if (messages.length >= MAX_MESSAGES) return messages;
    parts.push(text);
    bytes += length;
  }
  finish();
  return messages;
}
