/** What a demo says when it is there: how to get in, and command lines that show something. */
import { join } from 'node:path';
import type { DemoState } from './folder.ts';

export interface DemoGreeting {
  readonly address: string;
  readonly state: DemoState;
  readonly size: { readonly people: number; readonly computers: number };
  readonly stored: number;
  /** How long loading took. */
  readonly seconds: number;
  readonly comingEvents: number;
  readonly nowMs: number;
  readonly folder: string;
}

export function demoText(greeting: DemoGreeting): string {
  const { address, state, size, stored, seconds, comingEvents, folder } = greeting;
  const count = (n: number) => n.toLocaleString('en');
  return [
    `Logonscope with demo data listens on ${address}`,
    '  Everything in it is made up: the company Demo, its people and its computers.',
    `  web app   ${address}/`,
    `  API       ${address}/api/v1/docs`,
    `  fleet     ${size.people} people, ${size.computers} computers, since ${state.firstDay}`,
    `  loaded    ${count(stored)} events in ${seconds.toFixed(1)} s; ${count(comingEvents)} more come as their time comes`,
    `  folder    ${folder} (thrown away by the next demo; --keep goes on with it)`,
    `  user      ${state.username}`,
    `  password  ${state.password}`,
    '',
    'Sign in, see who has been working this week, and watch events arrive:',
    '',
    ...curlLines(greeting),
    '',
    'Ctrl+C stops it.',
    '',
  ].join('\n');
}

/** Command lines that work as printed, in sh and in bash. */
function curlLines({ address, state, nowMs, folder }: DemoGreeting): string[] {
  const cookies = join(folder, 'cookies.txt');
  const body = JSON.stringify({ login: state.username, password: state.password });
  const company = `${address}/api/v1/companies/${state.companyId}`;
  const weekAgo = `${new Date(nowMs - 7 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  return [
    `curl -s -c '${cookies}' ${address}/api/v1/account/login -H 'Content-Type: application/json' -d '${body}'`,
    `curl -s -b '${cookies}' '${company}/exports/reports/time-spent?format=csv&from=${weekAgo}'`,
    `curl -s -b '${cookies}' '${company}/sessions?limit=3'`,
    `curl -s -N -b '${cookies}' '${address}/api/v1/live?company=${state.companyId}'`,
  ];
}
