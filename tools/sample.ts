/** `npm run sample` shows what Logonscope makes of the bundled sample. */
import { existsSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { processTerminal, run } from '@logonscope/cli';
import type { SessionContract } from '@logonscope/core';

interface Sample {
  readonly what: string;
  readonly inputs: readonly string[];
  readonly options: readonly string[];
}

const SHOWN_SESSIONS = 20;
/** Fewer away intervals explain little, more make a long story. */
const TELLING_AWAY = 4;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const terminal = processTerminal(process.env);
const say = (text: string) => terminal.writeOut(new TextEncoder().encode(`${text}\n`));
await show(bundled());

async function show({ what, inputs, options }: Sample): Promise<void> {
  const sessions = await readSessions(inputs, options);
  say(`${what}\n`);
  await command(['sessions', ...inputs, ...options, '--limit', String(SHOWN_SESSIONS)]);
  const told = mostTelling(sessions);
  if (told !== undefined) await command(['explain', told.id, ...inputs, ...options]);
  await command(['report', 'time-spent', ...inputs, ...options]);
  say('Your own logs: give files, folders or globs, of as many computers as you like.\n');
  say('  npx logonscope sessions C:\\logs\\Security.evtx C:\\logs\\System.evtx');
  say('  npx logonscope report time-spent logs/ -o time-spent.xlsx');
  say('  npx logonscope --help');
}

/** Shows the line as one would type it, then its answer. */
async function command(line: readonly string[]): Promise<void> {
  say(`$ npx logonscope ${line.join(' ')}\n`);
  await run(line, terminal);
  say('');
}

async function readSessions(
  inputs: readonly string[],
  options: readonly string[],
): Promise<SessionContract[]> {
  let text = '';
  const decoder = new TextDecoder();
  await run(['sessions', ...inputs, ...options, '--format', 'json', '--quiet'], {
    ...terminal,
    writeOut: (bytes) => {
      text += decoder.decode(bytes, { stream: true });
    },
  });
  return JSON.parse(text);
}

/** The session whose story is neither empty nor endless. */
function mostTelling(sessions: readonly SessionContract[]): SessionContract | undefined {
  const distance = ({ away }: SessionContract) => Math.abs(away.length - TELLING_AWAY);
  return sessions.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** The simulated week as EVTX files; without it the collector's CSV, whose times are UTC. */
function bundled(): Sample {
  const week = 'samples/simulated/workstation-week/*.evtx';
  if (globSync(week).length > 0) {
    const options = ['--screensaver-delay', '10m'];
    return {
      what: 'One simulated workstation, one week, as Windows logged it.',
      inputs: [week],
      options,
    };
  }
  const inputs = ['samples/csv/sessionsentry_collector_enUS_ps51.csv'];
  if (!existsSync(inputs[0]!)) throw new Error(`${inputs[0]} is missing; restore the samples folder`);
  return { what: 'One workstation, one week, made up.', inputs, options: ['--timezone', 'UTC'] };
}
