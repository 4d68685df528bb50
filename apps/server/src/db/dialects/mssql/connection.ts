/** One connection to a SQL Server: statements with parameters in, rows with plain numbers out. */
import type { CompiledQuery, DatabaseConnection, QueryResult, TransactionSettings } from 'kysely';
import type * as Driver from 'tedious';
import type { Connection, ConnectionConfiguration, Request } from 'tedious';

type Tedious = Pick<typeof Driver, 'Connection' | 'Request' | 'TYPES'>;
/** What tedious tells of a column; `dataLength` is the width of a whole number. */
interface Cell {
  readonly metadata: {
    readonly colName: string;
    readonly type: { readonly name: string };
    readonly dataLength?: number;
  };
  readonly value: unknown;
}

/** A parameter with another length would be another statement to the server, which plans each of them anew. */
const SHORT_CHARS = 4_000;
const INT_MAX = 2_147_483_647;
const BIGINT_BYTES = 8;

export class MssqlConnection implements DatabaseConnection {
  readonly #tedious: Tedious;
  readonly #connection: Connection;
  #lost = false;
  #usualIsolation = true;

  private constructor(tedious: Tedious, connection: Connection) {
    this.#tedious = tedious;
    this.#connection = connection;
    // What is under way fails by itself; one that dies idle is replaced when the next is asked for.
    connection.on('error', () => {
      this.#lost = true;
    });
    connection.on('end', () => {
      this.#lost = true;
    });
  }

  /** Connects and signs in; rejects with the driver's error. */
  static open(tedious: Tedious, address: ConnectionConfiguration): Promise<MssqlConnection> {
    return new Promise((resolve, reject) => {
      const connection = new tedious.Connection(address);
      const opened = new MssqlConnection(tedious, connection);
      connection.connect((error) => {
        if (error === undefined) return resolve(opened);
        connection.close();
        reject(error);
      });
    });
  }

  get usable(): boolean {
    return !this.#lost;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const rows: R[] = [];
    const count = await this.#run(sql, (request) => {
      for (const [i, value] of parameters.entries()) this.#bind(request, String(i + 1), value);
      request.on('row', (cells) => rows.push(rowOf(cells as unknown as Cell[]) as R));
      this.#connection.execSql(request);
    });
    return { rows, numAffectedRows: BigInt(count) };
  }

  // biome-ignore lint/correctness/useYield: lists are read in pages, on every database
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streams are not used: lists are read page by page.');
  }

  async begin({ isolationLevel = 'read committed' }: TransactionSettings): Promise<void> {
    this.#usualIsolation = isolationLevel === 'read committed';
    await this.#batch(`set transaction isolation level ${isolationLevel}; begin transaction`);
  }

  async commit(): Promise<void> {
    await this.#batch('commit transaction');
    await this.#backToUsual();
  }

  /** After a deadlock the server has undone the transaction already. */
  async rollback(): Promise<void> {
    if (this.#lost) return;
    await this.#batch('if @@trancount > 0 rollback transaction');
    await this.#backToUsual();
  }

  close(): Promise<void> {
    if (this.#lost) return Promise.resolve();
    return new Promise((resolve) => {
      this.#connection.once('end', resolve);
      this.#connection.close();
    });
  }

  /** The level stays with the connection, not with the transaction. */
  async #backToUsual(): Promise<void> {
    if (!this.#usualIsolation) await this.#batch('set transaction isolation level read committed');
    this.#usualIsolation = true;
  }

  async #batch(text: string): Promise<void> {
    await this.#run(text, (request) => this.#connection.execSqlBatch(request));
  }

  /** Resolves to the number of rows concerned; rejects with an error that bears the server's number. */
  #run(text: string, start: (request: Request) => void): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#lost) return reject(lostConnection());
      const request = new this.#tedious.Request(text, (error, rowCount) => {
        if (error) reject(error instanceof AggregateError ? firstOf(error) : error);
        else resolve(rowCount ?? 0);
      });
      start(request);
    });
  }

  #bind(request: Request, name: string, value: unknown): void {
    const { TYPES } = this.#tedious;
    if (value === null || typeof value === 'string') {
      const length = (value?.length ?? 0) > SHORT_CHARS ? Number.POSITIVE_INFINITY : SHORT_CHARS;
      request.addParameter(name, TYPES.NVarChar, value, { length });
    } else if (typeof value === 'bigint') request.addParameter(name, TYPES.BigInt, value);
    else if (typeof value !== 'number')
      throw new TypeError(`A ${typeof value} is no parameter of a statement.`);
    else if (!Number.isInteger(value)) request.addParameter(name, TYPES.Float, value);
    else request.addParameter(name, Math.abs(value) > INT_MAX ? TYPES.BigInt : TYPES.Int, value);
  }
}

/** Of several errors the first is the cause, those after it follow from it. */
const firstOf = ({ errors, message }: AggregateError): Error =>
  (errors[0] as Error | undefined) ?? new Error(message);
const lostConnection = () =>
  Object.assign(new Error('The connection to the SQL Server was lost.'), { code: 'ECONNCLOSED' });

/** Whole numbers of 64 bits come as text; all of ours are below 2^53. */
function rowOf(cells: readonly Cell[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { metadata, value } of cells) {
    row[metadata.colName] = isBig(metadata) && value !== null ? Number(value) : value;
  }
  return row;
}

const isBig = ({ type, dataLength }: Cell['metadata']) =>
  type.name === 'BigInt' || (type.name === 'IntN' && dataLength === BIGINT_BYTES);
