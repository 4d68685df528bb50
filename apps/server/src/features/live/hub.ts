/** Between the bus and its watchers: numbers the news, remembers the last ones, and never waits for a slow watcher. */
import type { LiveBus, StoreChange } from '../../db/index.ts';
import { REMEMBER_MS, REMEMBERED_MESSAGES, WAITING_MESSAGES_MAX } from './limits.ts';
import { messageOf, RESET } from './messages.ts';

interface Remembered {
  readonly companyId: number;
  readonly number: number;
  readonly text: string;
}

interface Channel {
  readonly watchers: Set<(message: Remembered) => void>;
  readonly last: Remembered[];
  /** The number of the last message before this channel began to remember. */
  readonly since: number;
  readonly leave: () => void;
  forgetting: NodeJS.Timeout | null;
}

/** What one watcher has not yet read. */
export interface Feed {
  /** All that waits, as text; resolves with '' where nothing came for so long. */
  next(waitMs: number): Promise<string>;
  close(): void;
}

export interface Hub {
  /** News of these companies from now on, or from after the message that `lastId` names, if it is remembered. */
  watch(companies: readonly number[], lastId: string | null): Feed;
  close(): void;
}

/** `epoch` names this life of the process, so that the numbers of an earlier one mean nothing. */
export function createHub(bus: LiveBus, epoch: string): Hub {
  const channels = new Map<number, Channel>();
  let number = 0;

  function channelOf(companyId: number): Channel {
    const known = channels.get(companyId);
    if (known !== undefined) return known;
    const watchers: Channel['watchers'] = new Set();
    const last: Remembered[] = [];
    const leave = bus.subscribe(companyId, (change: StoreChange) => {
      const message = { companyId, number: ++number, text: messageOf(change, `${epoch}-${number}`) };
      last.push(message);
      if (last.length > REMEMBERED_MESSAGES) last.shift();
      for (const tell of watchers) tell(message);
    });
    const channel: Channel = { watchers, last, since: number, leave, forgetting: null };
    channels.set(companyId, channel);
    return channel;
  }

  function forget(companyId: number, channel: Channel): void {
    channel.forgetting = setTimeout(() => {
      channel.leave();
      channels.delete(companyId);
    }, REMEMBER_MS);
    channel.forgetting.unref();
  }

  /** What a returning watcher missed; null where that is not known any more. */
  function missed(joined: readonly Channel[], lastId: string | null): string[] | null {
    if (lastId === null) return [];
    const after = lastId.startsWith(`${epoch}-`) ? Number(lastId.slice(epoch.length + 1)) : Number.NaN;
    const gone = joined.some(({ last }) => last.length >= REMEMBERED_MESSAGES && last[0]!.number > after + 1);
    const forgotten = joined.some(({ since }) => since > after);
    if (!(after <= number) || gone || forgotten) return null;
    return joined
      .flatMap(({ last }) => last.filter((message) => message.number > after))
      .sort((a, b) => a.number - b.number)
      .map(({ text }) => text);
  }

  return {
    watch(companies, lastId) {
      const joined = companies.map(channelOf);
      let waiting = missed(joined, lastId) ?? [RESET];
      let wake: (() => void) | null = null;
      const tell = ({ text }: Remembered): void => {
        if (waiting.length >= WAITING_MESSAGES_MAX) waiting = [RESET];
        else waiting.push(text);
        wake?.();
      };
      for (const channel of joined) {
        channel.watchers.add(tell);
        if (channel.forgetting !== null) clearTimeout(channel.forgetting);
        channel.forgetting = null;
      }
      return {
        async next(waitMs) {
          if (waiting.length === 0) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, waitMs);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
            wake = null;
          }
          const text = waiting.join('');
          waiting = [];
          return text;
        },
        close() {
          for (const [i, channel] of joined.entries()) {
            channel.watchers.delete(tell);
            if (channel.watchers.size === 0) forget(companies[i]!, channel);
          }
          wake?.();
        },
      };
    },
    close() {
      for (const { leave, forgetting } of channels.values()) {
        leave();
        if (forgetting !== null) clearTimeout(forgetting);
      }
      channels.clear();
    },
  };
}
