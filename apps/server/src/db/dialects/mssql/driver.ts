/** Kysely's way to a SQL Server: tedious speaks to it, tarn keeps the connections. */
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import type { Pool } from 'tarn';
import type { ConnectionConfiguration } from 'tedious';
import { MssqlConnection } from './connection.ts';

/** Names in brackets mean the same whatever `quoted_identifier` is set to. */
class BracketCompiler extends MssqlQueryCompiler {
  protected override getLeftIdentifierWrapper(): string {
    return '[';
  }
  protected override getRightIdentifierWrapper(): string {
    return ']';
  }
  protected override sanitizeIdentifier(name: string): string {
    return name.replaceAll(']', ']]');
  }
}

/** The longest that a timer can be set to. */
const LONG_MS = 2_147_483_647;

class MssqlDriver implements Driver {
  readonly #address: ConnectionConfiguration;
  readonly #poolSize: number;
  #pool: Pool<MssqlConnection> | null = null;

  constructor(address: ConnectionConfiguration, poolSize: number) {
    this.#address = address;
    this.#poolSize = poolSize;
  }

  async init(): Promise<void> {
    const [tedious, tarn] = await Promise.all([import('tedious'), import('tarn')]);
    this.#pool = new tarn.Pool({
      min: 0,
      max: this.#poolSize,
      // Who waits for a connection is told at once that none can be had.
      propagateCreateError: true,
      // Who waits for one that is in use waits as long as it takes, as on the other databases.
      acquireTimeoutMillis: LONG_MS,
      create: () => MssqlConnection.open(tedious.default ?? tedious, this.#address),
      validate: (connection) => connection.usable,
      destroy: (connection) => connection.close(),
    });
  }

  acquireConnection(): Promise<MssqlConnection> {
    return this.#pool!.acquire().promise;
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#pool!.release(connection as MssqlConnection);
  }
  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return (connection as MssqlConnection).begin(settings);
  }
  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as MssqlConnection).commit();
  }
  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as MssqlConnection).rollback();
  }
  async destroy(): Promise<void> {
    await this.#pool?.destroy();
  }
}

/** A dialect for Kysely; connects at the first statement. */
export function mssqlKysely(address: ConnectionConfiguration, poolSize: number): Dialect {
  return {
    createAdapter: () => new MssqlAdapter(),
    createDriver: () => new MssqlDriver(address, poolSize),
    createIntrospector: (db) => new MssqlIntrospector(db),
    createQueryCompiler: () => new BracketCompiler(),
  };
}
