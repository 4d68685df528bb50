/** The address of a SQL Server as tedious wants to be told it. */
import type { ConnectionConfiguration } from 'tedious';

const DEFAULT_PORT = 1433;
const CONNECT_TIMEOUT_MS = 15_000;
const YES = /^(yes|true|1|mandatory|strict)$/i;
const NO = /^(no|false|0|optional)$/i;
/** Means something to other programs that read such addresses, and nothing here. */
const PASSED_OVER = new Set(['driver', 'mars_connection', 'applicationintent']);

/**
 * Reads `mssql://user:password@host:port/database?encrypt=no`, and the form with `+pyodbc` and words as ODBC spells
 * them. Encrypted, with a certificate that is checked, unless told otherwise. Throws naming what is not understood.
 */
export function mssqlAddress(url: string): ConnectionConfiguration {
  const { hostname, port, username, password, pathname, searchParams } = parsed(url);
  let encrypt = true;
  let trustServerCertificate = false;
  let instanceName: string | undefined;
  for (const [name, value] of searchParams) {
    const word = name.toLowerCase();
    if (word === 'encrypt') encrypt = truth(name, value);
    else if (word === 'trustservercertificate') trustServerCertificate = truth(name, value);
    else if (word === 'instance') instanceName = value;
    else if (!PASSED_OVER.has(word)) throw refused(`"${name}" means nothing; encrypt, instance and ${KNOWN}`);
  }
  const database = decodeURIComponent(pathname.slice(1));
  if (database === '')
    throw refused('the name of the database is missing; it stands after the host and a slash');
  return {
    server: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    authentication: {
      type: 'default',
      options: { userName: decodeURIComponent(username), password: decodeURIComponent(password) },
    },
    options: {
      ...(instanceName === undefined ? { port: Number(port || DEFAULT_PORT) } : { instanceName }),
      database,
      encrypt,
      trustServerCertificate,
      appName: 'Logonscope',
      connectTimeout: CONNECT_TIMEOUT_MS,
      // As long as it takes, as on the other databases: a copy or a rebuild reads everything.
      requestTimeout: 0,
    },
  };
}

const KNOWN = 'trustServerCertificate can stand here';
const refused = (why: string) => new Error(`The address of the SQL Server is not understood: ${why}.`);

function parsed(url: string): URL {
  try {
    const address = new URL(url.replace(/^mssql(\+\w+)?:/i, 'mssql:'));
    if (address.hostname !== '') return address;
  } catch {
    // Said below, without the password that the address may hold.
  }
  throw refused('it has the form mssql://user:password@host:1433/database');
}

function truth(name: string, value: string): boolean {
  if (YES.test(value)) return true;
  if (NO.test(value)) return false;
  throw refused(`${name} is yes or no, not "${value}"`);
}
