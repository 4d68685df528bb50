/** What the server says on the terminal when it is there: its address, and on the first start how to get in. */
import type { FirstCredentials } from './first-start.ts';

export interface Greeting {
  readonly address: string;
  readonly database: string;
  /** The certificate that clients have to be given, where it was made here. */
  readonly generatedCertificate: string | null;
  readonly first: FirstCredentials | null;
  readonly notes: readonly string[];
  /** For the time of the example event. */
  readonly nowMs: number;
}

export function greetingText({
  address,
  database,
  generatedCertificate,
  first,
  notes,
  nowMs,
}: Greeting): string {
  return [
    ...notes.map((note) => `Note: ${note}`),
    `Logonscope listens on ${address}`,
    `  web app      ${address}/`,
    `  API          ${address}/api/v1/docs`,
    `  database     ${database}`,
    ...(generatedCertificate === null
      ? []
      : [`  certificate  ${generatedCertificate} (made here; clients need it)`]),
    ...(first === null ? [] : firstLines(first, { address, generatedCertificate, nowMs })),
    '',
  ].join('\n');
}

type Where = Pick<Greeting, 'address' | 'generatedCertificate' | 'nowMs'>;

function firstLines(first: FirstCredentials, where: Where): string[] {
  return [
    '',
    'This is the first start. The following is shown once and kept nowhere:',
    `  administrator  ${first.username}`,
    `  password       ${first.password}`,
    `  company        ${first.company}, site ${first.site}`,
    `  API key        ${first.apiKey}`,
    '',
    'A first event:',
    '',
    firstCurl(first.apiKey, where),
  ];
}

/** A command line that sends one event; it works as printed, in sh and in bash. */
export function firstCurl(apiKey: string, { address, generatedCertificate, nowMs }: Where): string {
  const event = {
    EventType: 'Logon',
    UserName: 'ana',
    ComputerName: 'PC-1',
    Timestamp: `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
  };
  const trust = generatedCertificate === null ? '' : ` --cacert '${generatedCertificate}'`;
  return [
    `curl${trust} ${address}/api/log_event \\`,
    `  -H 'X-API-Key: ${apiKey}' -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(event)}'`,
  ].join('\n');
}
