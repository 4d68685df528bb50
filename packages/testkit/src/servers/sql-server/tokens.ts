/** The tokens of which a SQL Server's answers are made. */

/** An error as the server numbers and words it. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly number: number;
  readonly severity: number;
  constructor(number: number, message: string, severity = 16) {
    super(message);
    this.number = number;
    this.severity = severity;
  }
}

/** Kinds of columns that answers have. */
export type ColumnKind = 'int8' | 'int4' | 'int2' | 'bit' | 'float' | 'text';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

const TOKEN = {
  columns: 0x81,
  row: 0xd1,
  returnStatus: 0x79,
  error: 0xaa,
  loginAck: 0xad,
  change: 0xe3,
  done: 0xfd,
  doneCall: 0xfe,
  doneInCall: 0xff,
} as const;

const wide = (text: string) => Buffer.from(text, 'utf16le');
/** A text behind its length in characters: one byte, or two. */
const shortText = (text: string) => Buffer.concat([Buffer.from([text.length]), wide(text)]);
const uint16 = (value: number) => Buffer.from([value & 0xff, value >> 8]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function withLength(token: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([token]), uint16(body.length), body]);
}

const SERVER_NAME = 'stand-in';
const VERSION = 0x74000004;
const PRODUCT_VERSION = Buffer.from([16, 0, 0x10, 0]);

export function loginAck(): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(VERSION);
  return withLength(
    TOKEN.loginAck,
    Buffer.concat([Buffer.from([1]), version, shortText(SERVER_NAME), PRODUCT_VERSION]),
  );
}

export function errorToken({ number, severity, message }: ServerError): Buffer {
  const body = [uint32(number), Buffer.from([1, severity]), uint16(message.length), wide(message)];
  return withLength(TOKEN.error, Buffer.concat([...body, shortText(SERVER_NAME), shortText(''), uint32(1)]));
}

/** Tells the driver that a transaction began or is over. */
export function transactionChange(what: 'begun' | 'committed' | 'undone', id: number): Buffer {
  const descriptor = Buffer.concat([Buffer.from([8]), uint32(id), uint32(0)]);
  const none = Buffer.from([0]);
  const parts = {
    begun: [Buffer.from([8]), descriptor, none],
    committed: [Buffer.from([9]), none, descriptor],
    undone: [Buffer.from([10]), none, descriptor],
  };
  return withLength(TOKEN.change, Buffer.concat(parts[what]));
}

export type DoneOf = 'done' | 'doneCall' | 'doneInCall';
const MORE = 0x01;
const FAILED = 0x02;
const COUNTED = 0x10;
const ATTENDED = 0x20;

/** The end of a statement, a call or an answer; `rows` null where nothing was counted. */
export function done(
  of: DoneOf,
  { rows = null, more = false, failed = false, attended = false }: Partial<DoneSays> = {},
): Buffer {
  const status =
    (more ? MORE : 0) | (failed ? FAILED : 0) | (rows === null ? 0 : COUNTED) | (attended ? ATTENDED : 0);
  return Buffer.concat([Buffer.from([TOKEN[of]]), uint16(status), uint16(0), uint32(rows ?? 0), uint32(0)]);
}

interface DoneSays {
  readonly rows: number | null;
  readonly more: boolean;
  readonly failed: boolean;
  readonly attended: boolean;
}

export const returnStatus = (value: number) =>
  Buffer.concat([Buffer.from([TOKEN.returnStatus]), uint32(value)]);

/** Latin1_General_100_BIN2, as the five bytes that go with a text column. */
const COLLATION = Buffer.from([0x09, 0x04, 0x00, 0x02, 0x00]);
const NULLABLE = uint16(1);
const TYPE_OF: Readonly<Record<ColumnKind, Buffer>> = {
  int8: Buffer.from([0x26, 8]),
  int4: Buffer.from([0x26, 4]),
  int2: Buffer.from([0x26, 2]),
  bit: Buffer.from([0x68, 1]),
  float: Buffer.from([0x6d, 8]),
  text: Buffer.concat([Buffer.from([0xe7, 0xff, 0xff]), COLLATION]),
};

export function columnsToken(columns: readonly Column[]): Buffer {
  const told = columns.map(({ name, kind }) =>
    Buffer.concat([uint32(0), NULLABLE, TYPE_OF[kind], shortText(name)]),
  );
  return Buffer.concat([Buffer.from([TOKEN.columns]), uint16(columns.length), ...told]);
}

/** A row of values as text, as the database behind gives them. */
export function rowToken(columns: readonly Column[], values: readonly (string | null)[]): Buffer {
  const cells = columns.map(({ kind }, i) => cell(kind, values[i] ?? null));
  return Buffer.concat([Buffer.from([TOKEN.row]), ...cells]);
}

const NO_TEXT = Buffer.alloc(8, 0xff);

function cell(kind: ColumnKind, value: string | null): Buffer {
  if (kind === 'text') return value === null ? NO_TEXT : longText(value);
  if (value === null) return Buffer.from([0]);
  if (kind === 'bit') return Buffer.from([1, value === 't' ? 1 : 0]);
  const width = { int8: 8, int4: 4, int2: 2, float: 8 }[kind];
  const bytes = Buffer.alloc(1 + width);
  bytes[0] = width;
  if (kind === 'float') bytes.writeDoubleLE(Number(value), 1);
  else if (kind === 'int8') bytes.writeBigInt64LE(BigInt(value), 1);
  else bytes.writeIntLE(Number(value), 1, width);
  return bytes;
}

/** Its length, the text in one piece, and a piece of no length. */
function longText(text: string): Buffer {
  const bytes = wide(text);
  const total = Buffer.concat([uint32(bytes.length), uint32(0)]);
  if (bytes.length === 0) return Buffer.concat([total, uint32(0)]);
  return Buffer.concat([total, uint32(bytes.length), bytes, uint32(0)]);
}
