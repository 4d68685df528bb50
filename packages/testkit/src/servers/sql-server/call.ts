/** A remote call as drivers send it: the procedure's number, then parameters, each with its type. */
import { ServerError } from './tokens.ts';

/** What a parameter is declared as, and what it holds. */
export interface Parameter {
  readonly name: string;
  readonly type: 'bigint' | 'int' | 'float' | 'nvarchar';
  readonly value: string | number | null;
}

export interface Call {
  readonly statement: string;
  readonly parameters: readonly Parameter[];
}

const EXECUTE_SQL = 10;
const BY_NUMBER = 0xffff;
/** More are refused by the server: the statement and the declaration count as well. */
const MOST_PARAMETERS = 2_100;

/** Reads a call of sp_executesql, the one that is used; any other is an error. */
export function readCall(body: Buffer): Call {
  const read = reader(body);
  if (read.uint16() !== BY_NUMBER) throw new ServerError(2812, 'Could not find the stored procedure.');
  const procedure = read.uint16();
  if (procedure !== EXECUTE_SQL) throw new ServerError(2812, `Could not find stored procedure ${procedure}.`);
  read.uint16();
  const all: Parameter[] = [];
  while (!read.atEnd()) all.push(parameter(read));
  if (all.length > MOST_PARAMETERS) {
    throw new ServerError(
      8003,
      'Too many parameters were provided in this RPC request. The maximum is 2100.',
    );
  }
  const [statement, , ...parameters] = all;
  return { statement: String(statement?.value ?? ''), parameters };
}

type Reader = ReturnType<typeof reader>;

function reader(body: Buffer) {
  let at = 0;
  const take = (bytes: number) => {
    if (at + bytes > body.length) throw new ServerError(8009, 'The call ends in the middle of a parameter.');
    at += bytes;
    return body.subarray(at - bytes, at);
  };
  return {
    take,
    atEnd: () => at >= body.length,
    byte: () => take(1)[0]!,
    uint16: () => take(2).readUInt16LE(),
    uint32: () => take(4).readUInt32LE(),
    uint64: () => take(8).readBigUInt64LE(),
  };
}

const INT = 0x26;
const FLOAT = 0x6d;
const NVARCHAR = 0xe7;

function parameter(read: Reader): Parameter {
  const name = read.take(read.byte() * 2).toString('utf16le');
  read.byte();
  const type = read.byte();
  if (type === NVARCHAR) return { name, type: 'nvarchar', value: text(read) };
  if (type !== INT && type !== FLOAT) {
    throw new ServerError(8009, `Parameter ${name}: data type 0x${type.toString(16)} is unknown.`);
  }
  const width = read.byte();
  const bytes = read.take(read.byte());
  if (type === FLOAT) {
    return { name, type: 'float', value: bytes.length === 0 ? null : bytes.readDoubleLE() };
  }
  // 64 bits are given on as digits, which no number of this language could hold all of.
  const big = width === 8;
  if (bytes.length === 0) return { name, type: big ? 'bigint' : 'int', value: null };
  const value = big ? String(bytes.readBigInt64LE()) : bytes.readIntLE(0, bytes.length);
  return { name, type: big ? 'bigint' : 'int', value };
}

const LONG = 0xffff;
const COLLATION_BYTES = 5;
const NONE_LONG = 0xffffffffffffffffn;

function text(read: Reader): string | null {
  const most = read.uint16();
  read.take(COLLATION_BYTES);
  if (most !== LONG) {
    const bytes = read.uint16();
    return bytes === LONG ? null : read.take(bytes).toString('utf16le');
  }
  if (read.uint64() === NONE_LONG) return null;
  const pieces: Buffer[] = [];
  for (let bytes = read.uint32(); bytes > 0; bytes = read.uint32()) pieces.push(read.take(bytes));
  return Buffer.concat(pieces).toString('utf16le');
}
