/** The event logs that are read, and the query for each, made from the core's tables of events. */
import { channelOf, PROVIDERS } from '@logonscope/core';

export interface Channel {
  /** Names the bookmark. */
  readonly id: string;
  /** The setting's word for it. */
  readonly source: 'security' | 'system' | 'terminal';
  readonly channel: string;
  /** XPath as `EvtSubscribe` takes it. */
  readonly query: string;
}

/** Windows refuses an expression with more terms than this. */
const TERMS_MAX = 20;

/** Consecutive IDs are one term: `(EventID >= 21 and EventID <= 25)`. */
function termsOf(ids: readonly number[]): string[] {
  const terms: string[] = [];
  for (let i = 0; i < ids.length; ) {
    let to = i;
    while (ids[to + 1] === ids[to]! + 1) to++;
    terms.push(to === i ? `EventID=${ids[i]}` : `(EventID >= ${ids[i]} and EventID <= ${ids[to]})`);
    i = to + 1;
  }
  return terms;
}

function sourceOf(channel: string): Channel['source'] {
  if (channel === 'Security') return 'security';
  return channel === 'System' ? 'system' : 'terminal';
}

/**
 * One subscription for each channel; those whose events would need more terms than Windows takes are split, so that
 * each part has a bookmark of its own.
 */
export function channelsOf(wanted: readonly string[]): Channel[] {
  const byChannel = new Map<string, Map<string, Set<number>>>();
  for (const table of PROVIDERS) {
    for (const event of table.events) {
      const providers = byChannel.get(channelOf(table, event)) ?? new Map<string, Set<number>>();
      byChannel.set(channelOf(table, event), providers);
      providers.set(table.provider, (providers.get(table.provider) ?? new Set()).add(event.id));
    }
  }
  return [...byChannel].flatMap(([channel, providers]) => {
    const source = sourceOf(channel);
    return wanted.includes(source) ? queriesOf(channel, source, providers) : [];
  });
}

function queriesOf(
  channel: string,
  source: Channel['source'],
  providers: Map<string, Set<number>>,
): Channel[] {
  const parts: string[][] = [[]];
  let used = 0;
  for (const [provider, ids] of providers) {
    const terms = termsOf([...ids].sort((a, b) => a - b));
    for (let from = 0; from < terms.length; from += TERMS_MAX - 1) {
      const some = terms.slice(from, from + TERMS_MAX - 1);
      if (used + some.length + 1 > TERMS_MAX) {
        parts.push([]);
        used = 0;
      }
      used += some.length + 1;
      parts.at(-1)!.push(`(Provider[@Name='${provider}'] and (${some.join(' or ')}))`);
    }
  }
  const name = channel.toLowerCase();
  return parts.map((part, i) => ({
    id: i === 0 ? `log ${name}` : `log ${name} ${i + 1}`,
    ...{ source, channel, query: `*[System[${part.join(' or ')}]]` },
  }));
}
