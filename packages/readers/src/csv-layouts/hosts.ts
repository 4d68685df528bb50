/** Learns from rows that name their computer which computer the other rows came from. */
import { HOST_KEYS_MAX } from '../text-limits.ts';

/** The computer's name as written, and its short upper-case form for comparing. */
interface Host {
  readonly written: string;
  readonly short: string;
}

export interface HostKnowledge {
  /** A row that names its own computer. */
  learn(user: string, logonId: string, written: string): void;
  /** A row that names a client or target instead: the computer it must have been written on; null if unknown. */
  resolve(user: string, logonId: string, own: string): string | null;
  /** A name that an interactive logon gives; believed only where no row names a computer. */
  suggest(written: string): void;
  /** The only computer known so far; null if there are none or several. */
  only(): string | null;
}

const ADDRESS = /^[\d.]+$|:/;

/** `ws-1.corp.example` → `WS-1`; addresses stay whole. */
export function shortHost(written: string): string {
  const dot = written.indexOf('.');
  return (dot > 0 && !ADDRESS.test(written) ? written.slice(0, dot) : written).toUpperCase();
}

/**
 * Rules, in order: rows of the same account and logon ID; the account's other rows; the row's own workstation if
 * it is a computer of the file; the computer most rows name; the name most interactive logons give.
 */
export function hostKnowledge(): HostKnowledge {
  const byName = new Map<string, Host & { rows: number }>();
  const bySession = new Map<string, Host[]>();
  const byUser = new Map<string, Host[]>();
  const suggested = new Map<string, number>();

  function add(map: Map<string, Host[]>, key: string, host: Host): void {
    const known = map.get(key);
    if (known === undefined) {
      if (map.size >= HOST_KEYS_MAX) map.delete(map.keys().next().value!);
      map.set(key, [host]);
    } else if (!known.includes(host) && known.length < 16) {
      known.push(host);
    }
  }

  /** Among several, the row's own workstation; else the one that came last, as sessions of one ID follow each other. */
  function pick(hosts: readonly Host[] | undefined, own: string): string | null {
    if (hosts === undefined) return null;
    return (hosts.find(({ short }) => short === own) ?? hosts[hosts.length - 1]!).written;
  }

  function most(): string | null {
    let best: (Host & { rows: number }) | null = null;
    for (const host of byName.values()) if (best === null || host.rows > best.rows) best = host;
    if (best !== null) return best.written;
    let name: string | null = null;
    for (const [written, rows] of suggested) if (name === null || rows > suggested.get(name)!) name = written;
    return name;
  }

  return {
    learn(user, logonId, written) {
      const short = shortHost(written);
      let host = byName.get(short);
      if (host === undefined) {
        host = { written, short, rows: 0 };
        if (byName.size < HOST_KEYS_MAX) byName.set(short, host);
      }
      host.rows += 1;
      const account = user.toLowerCase();
      if (logonId !== '') add(bySession, `${account}\n${logonId}`, host);
      add(byUser, account, host);
    },
    resolve(user, logonId, own) {
      if (byName.size === 1) return byName.values().next().value!.written;
      const account = user.toLowerCase();
      const short = shortHost(own);
      const bySame = logonId === '' ? null : pick(bySession.get(`${account}\n${logonId}`), short);
      return bySame ?? pick(byUser.get(account), short) ?? byName.get(short)?.written ?? most();
    },
    suggest(written) {
      if (suggested.has(written) || suggested.size < 1000)
        suggested.set(written, (suggested.get(written) ?? 0) + 1);
    },
    only: () => (byName.size === 1 ? byName.values().next().value!.written : null),
  };
}
