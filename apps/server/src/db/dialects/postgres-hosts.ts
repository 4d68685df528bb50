/**
 * One PostgreSQL at several addresses: `postgresql://user@one,two:5433/name`, of which one takes writes. Which one that
 * is, is asked anew when it is lost and while it is silent; each promotion begins a new timeline, and the newest counts.
 */
import pg from 'pg';

interface Primary {
  /** Address of this host alone. */
  readonly url: string;
  /** Number of promotions in its history, and one. */
  readonly timeline: number;
}

const ADDRESS = /^(postgresql:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s;
/** Says what is done anyway; the driver does not know it. */
const TARGET = /([?&])target_session_attrs=[^&#]*(&?)/;
/** A host that has not said what it is by then is passed over. */
const ANSWERS_WITHIN_MS = 3_000;
/** A machine that goes without a word ends no connection: only asking shows that another has taken its place. */
const LOOKS_EVERY_MS = 5_000;
/** What PostgreSQL answers while it takes no connections. */
const CANNOT_CONNECT_NOW = '57P03';

const TIMELINE = `select case when pg_is_in_recovery() then null
  else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline`;

/** The addresses of the hosts that an address names, in its order. */
export function hostsOf(address: string): readonly string[] {
  const [, before = '', list = '', after = ''] = ADDRESS.exec(address) ?? [];
  const rest = after.replace(TARGET, (_, first: string, last: string) => (last === '&' ? first : ''));
  return list.split(',').map((host) => `${before}${host}${rest}`);
}

/** What a pool is to those who only ask. */
interface PostgresPool {
  readonly options: object;
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/** The way to whichever of the hosts takes writes. */
export interface PrimaryFollower {
  /** A client of its own; fails where no host takes writes. */
  client(): Promise<pg.Client>;
  pool(options: pg.PoolConfig): PostgresPool;
  /** Host and port of the one followed, for people; null before the first was found. */
  readonly followed: string | null;
  /** Stops looking; what was connected stays. */
  stop(): void;
}

/** Follows the primary among these addresses until it is stopped. */
export function followPrimary(urls: readonly string[], looksEveryMs = LOOKS_EVERY_MS): PrimaryFollower {
  let primary: Primary | null = null;
  let newest = 0;
  let looking: Promise<void> | null = null;
  const clients = new Set<pg.Client>();

  const look = () =>
    (looking ??= findPrimary(urls, newest)
      .then((found) => {
        const moved = primary !== null && found.url !== primary.url;
        primary = found;
        newest = found.timeline;
        if (moved) for (const client of clients) cutOff(client);
      })
      .finally(() => {
        looking = null;
      }));
  const watch = setInterval(() => void (clients.size > 0 && look().catch(() => {})), looksEveryMs);
  watch.unref();

  class PrimaryClient extends pg.Client {
    constructor(options: pg.ClientConfig = {}) {
      super({ ...options, connectionString: primary?.url ?? urls[0]! });
      clients.add(this);
      this.once('end', () => clients.delete(this));
      this.on('error', () => {});
    }
  }

  /** A host that became a standby, or came back after another had taken its place, is no primary any more. */
  async function demandPrimary(client: pg.ClientBase): Promise<void> {
    const timeline = await timelineOf(client);
    if (timeline === null || timeline < newest) throw noPrimary();
  }

  /** Tries where the primary was last, and after a failure where it is now. */
  async function atPrimary<T>(connect: () => Promise<T>): Promise<T> {
    if (primary === null) await look();
    try {
      return await connect();
    } catch {
      await look();
      return connect();
    }
  }

  async function client(): Promise<pg.Client> {
    const made = new PrimaryClient({ connectionTimeoutMillis: ANSWERS_WITHIN_MS });
    await made.connect();
    await demandPrimary(made).catch(async (error: unknown) => {
      await made.end();
      throw error;
    });
    return made;
  }

  return {
    client: () => atPrimary(client),
    pool(options) {
      const pool = new pg.Pool({ ...options, onConnect: demandPrimary, Client: PrimaryClient });
      // A connection that dies while idle is replaced at its next use.
      pool.on('error', () => {});
      const { options: made } = pool;
      return { options: made, connect: () => atPrimary(() => pool.connect()), end: () => pool.end() };
    },
    get followed() {
      return primary === null ? null : new URL(primary.url).host;
    },
    stop: () => clearInterval(watch),
  };
}

/** Asks all hosts at once; of several that take writes the one promoted last. */
async function findPrimary(urls: readonly string[], newest: number): Promise<Primary> {
  const asked = await Promise.allSettled(urls.map(askHost));
  let found: Primary | null = null;
  for (const [i, answer] of asked.entries()) {
    const timeline = answer.status === 'fulfilled' ? answer.value : null;
    if (timeline !== null && timeline >= Math.max(newest, (found?.timeline ?? 0) + 1))
      found = { url: urls[i]!, timeline };
  }
  if (found !== null) return found;
  const failed = asked.find((answer) => answer.status === 'rejected');
  throw noPrimary(failed?.reason);
}

/** The host's timeline; null of a standby. */
async function askHost(url: string): Promise<number | null> {
  const timeouts = { connectionTimeoutMillis: ANSWERS_WITHIN_MS, query_timeout: ANSWERS_WITHIN_MS };
  const client = new pg.Client({ connectionString: url, ...timeouts });
  client.on('error', () => {});
  try {
    await client.connect();
    return await timelineOf(client);
  } finally {
    cutOff(client);
  }
}

async function timelineOf(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ timeline: number | null }>(TIMELINE);
  return rows[0]?.timeline ?? null;
}

/** Without a farewell, which a silent host would never answer. */
function cutOff(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

function noPrimary(cause?: unknown): Error {
  const error = new Error('None of the PostgreSQL hosts takes writes.', { cause });
  return Object.assign(error, { code: CANNOT_CONNECT_NOW });
}
