/** The command line as typed: what is understood, and what is said when it is wrong. */
import { expect, test } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { longFlag, OPTIONS } from './options.ts';
import { record } from './recorded-terminal.ts';

test('everything wrong is said at once, and nothing is read', async () => {
  const line = ['sessions', '--formt', 'csv', '--from', 'yesterday', '--group-by', 'user', '--workers', '-1'];
  const { status, out, error } = await record(line);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error.split('\n')).toEqual([
    'logonscope: --workers "-1": expected 0 to 256',
    expect.stringMatching(/--from "yesterday": expected a date/),
    'logonscope: --formt: unknown option (did you mean --format?)',
    'logonscope: --group-by: unknown option',
    'logonscope: see: logonscope sessions --help',
    '',
  ]);
});

test('an option without its value', async () => {
  const { status, error } = await record(['sessions', 'x.evtx', '--format']);
  expect(status).toBe(2);
  expect(error).toContain('--format');
});

test('an unknown command', async () => {
  const { status, error } = await record(['sesions']);
  expect(status).toBe(2);
  expect(error).toContain("unknown command 'sesions'");
});

test('no words at all: help, on standard error, and not a success', async () => {
  const { status, out, error } = await record([]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain('Usage: logonscope');
});

test('missing operands and options that are needed', async () => {
  const { status, error } = await record(['who']);
  expect(status).toBe(2);
  expect(error).toContain('--at: is needed');
  expect(error).toContain('<computer>: is needed');
  expect(error).toContain('no inputs named');
});

test('one word too many', async () => {
  expect((await record(['man', 'extra'])).error).toContain('"extra": one word too many');
});

test('the last of a repeated option counts; repeatable ones add up', async () => {
  const query = await record([
    'splunk-query',
    '--earliest',
    '-1d',
    '--earliest',
    '-7d',
    '--user',
    'a,b',
    '--user',
    'c',
  ]);
  expect(query.out).toContain('earliest=-7d');
  expect(query.out).toMatch(/"a".*"b".*"c"/);
});

test('after -- a name may begin with a dash', async () => {
  const { status, error } = await record(['sessions', '--', '--format']);
  expect(status).toBe(2);
  expect(error).toContain('--format: no such file or folder');
});

test('--version', async () => {
  expect(await record(['--version'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each(COMMANDS.map((command) => command.name))('%s --help tells options and examples', async (name) => {
  const command = COMMANDS.find((c) => c.name === name)!;
  const { status, out } = await record([name, '--help']);
  expect(status).toBe(0);
  for (const option of command.options) expect(out).toContain(longFlag(OPTIONS[option]));
  for (const { line } of command.examples) expect(out).toContain(line);
  expect(await record(['help', name])).toMatchObject({ status: 0, out });
});

test('every command is in --help, has an example, and every option belongs to a command', async () => {
  const { out } = await record(['--help']);
  for (const { name, summary } of COMMANDS) expect(out).toContain(`${name}`.padEnd(2) && summary);
  expect(COMMANDS.filter(({ examples }) => examples.length === 0)).toEqual([]);
  const used = new Set(COMMANDS.flatMap(({ options }) => options));
  expect(Object.keys(OPTIONS).filter((name) => !used.has(name as keyof typeof OPTIONS))).toEqual([]);
});
