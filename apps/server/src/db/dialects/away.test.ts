// Errors as drivers throw them: which mean "come again", and which are ours.
import { expect, test } from 'vitest';
import { isAway } from './away.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
  ['SQLite without room', coded('SQLITE_FULL', 'database or disk is full')],
  ['SQLite on a disk that fails', coded('SQLITE_IOERR_WRITE')],
  ['PostgreSQL that is shut down', coded('57P01')],
  ['PostgreSQL that is starting', coded('57P03')],
  ['PostgreSQL without room', coded('53100')],
  ['PostgreSQL that was killed', new Error('Connection terminated unexpectedly')],
  ['nobody there', coded('ECONNREFUSED')],
  ['nobody there by any address', new AggregateError([coded('ECONNREFUSED')])],
  ['MariaDB that was killed', coded('PROTOCOL_CONNECTION_LOST')],
  ['SQL Server without room', Object.assign(new Error('x'), { code: 'EREQUEST', number: 1105 })],
  ['SQL Server that was killed', coded('ESOCKET')],
  ['wrapped', new Error('the log cannot be written', { cause: coded('53300') })],
])('%s is away', (_, error) => expect(isAway(error)).toBe(true));

test.each([
  ['a broken statement', coded('42601')],
  ['a duplicate', coded('23505')],
  ['a duplicate on SQL Server', Object.assign(new Error('x'), { code: 'EREQUEST', number: 2627 })],
  ['SQLite that is asked for no table', coded('SQLITE_ERROR')],
  ['a slip of ours', new TypeError('x is not a function')],
  ['no error at all', 'ECONNREFUSED'],
])('%s is not', (_, error) => expect(isAway(error)).toBe(false));
