// Addresses of SQL Servers, as people write them for us and for SQLAlchemy, and those that are refused.
import { expect, test } from 'vitest';
import { mssqlAddress } from './address.ts';

const of = (url: string) => {
  const { server, authentication, options } = mssqlAddress(url);
  const { userName, password } = authentication!.options as { userName: string; password: string };
  const { port, database, encrypt, trustServerCertificate, instanceName } = options ?? {};
  return { server, userName, password, port, database, encrypt, trustServerCertificate, instanceName };
};

const PLAIN = {
  ...{ server: 'db.example.org', userName: 'app', password: 'p@ss/word', port: 1433, database: 'log scope' },
  ...{ encrypt: true, trustServerCertificate: false, instanceName: undefined },
};

test.each([
  ['mssql://app:p%40ss%2Fword@db.example.org/log%20scope', {}],
  ['mssql://app:p%40ss%2Fword@db.example.org:1444/log%20scope', { port: 1444 }],
  ['mssql://app:p%40ss%2Fword@db.example.org/log%20scope?encrypt=false', { encrypt: false }],
  [
    'mssql+pyodbc://app:p%40ss%2Fword@db.example.org/log%20scope?driver=ODBC+Driver+18+for+SQL+Server&TrustServerCertificate=yes',
    { trustServerCertificate: true },
  ],
  ['mssql+pyodbc://app:p%40ss%2Fword@db.example.org/log%20scope?Encrypt=optional', { encrypt: false }],
  [
    'mssql://app:p%40ss%2Fword@db.example.org/log%20scope?instance=SQLEXPRESS',
    { port: undefined, instanceName: 'SQLEXPRESS' },
  ],
  ['MSSQL://app:p%40ss%2Fword@[::1]:1433/log%20scope', { server: '::1' }],
])('%s', (url, differs) => expect(of(url)).toEqual({ ...PLAIN, ...differs }));

test.each([
  ['mssql://app:secret@db.example.org', /name of the database is missing/],
  ['mssql:///logonscope', /has the form mssql:/],
  ['mssql+pyodbc:///?odbc_connect=Driver%3Dx%3BPWD%3Dsecret', /has the form mssql:/],
  ['mssql://app:secret@db/x?encrypt=maybe', /encrypt is yes or no, not "maybe"/],
  ['mssql://app:secret@db/x?pooling=yes', /"pooling" means nothing/],
])('%s is refused, without telling the password', (url, why) => {
  expect(() => mssqlAddress(url)).toThrow(why);
  expect(() => mssqlAddress(url)).not.toThrow(/secret/);
});
