// The command line of the original, in both dash forms, and of the collector.
import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

describe('the service', () => {
  it.each(['install', 'start', 'stop', 'restart', 'status', 'remove', 'uninstall', 'run'])(
    '%s, with one dash or two',
    (word) => {
      const expected = { is: 'service', word, changes: {}, config: null };
      expect(parseArguments(['--service', word])).toEqual(expected);
      expect(parseArguments(['-service', word])).toEqual(expected);
      expect(parseArguments([`--service=${word}`])).toEqual(expected);
    },
  );

  it('as the package of the original calls it', () => {
    expect(parseArguments(['-service', 'install', '-config', 'C:\\x y\\config.ini'])).toEqual({
      is: 'service',
      word: 'install',
      changes: {},
      config: 'C:\\x y\\config.ini',
    });
  });

  it('with settings in the same line', () => {
    expect(
      parseArguments([
        '--service',
        'install',
        '--api-key',
        'k',
        '--url',
        'https://x',
        '--debug',
        '--timezone',
        'Europe/London',
        '--check-interval',
        '0',
      ]),
    ).toMatchObject({
      changes: {
        'API.api_key': 'k',
        'API.server_url': 'https://x',
        'API.debug_logs': 'true',
        'API.timezone': 'Europe/London',
        'API.health_check_interval': '0',
      },
    });
  });
});

it('settings alone change the file', () => {
  expect(parseArguments(['-debug', 'false'])).toEqual({
    is: 'configure',
    changes: { 'API.debug_logs': 'false' },
    config: null,
  });
});

it.each([
  [['--service', 'fly'], 'not \\"fly'],
  [['--service'], '--service needs a value'],
  [['--api-key'], '--api-key needs a value'],
  [['--api-key', '--url', 'x'], '--api-key needs a value'],
  [['--colour', 'red'], '--colour is not an option'],
  [['hello'], 'is not understood'],
  [['collect', '-DaysBack', 'many'], 'not \\"many'],
  [['collect', '-Nonsense'], '-nonsense is not an option of collect'],
  [['collect', '-Evtx', '-Ndjson'], 'exclude each other'],
])('%j is wrong', (argv, told) => {
  const command = parseArguments(argv);
  expect(command.is).toBe('wrong');
  expect(JSON.stringify(command)).toContain(told);
});

it('help and version', () => {
  expect(parseArguments([]).is).toBe('help');
  expect(parseArguments(['-help']).is).toBe('help');
  expect(parseArguments(['--version']).is).toBe('version');
  expect(parseArguments(['collect', '-Help']).is).toBe('collect-help');
  expect(parseArguments(['collect', '-ShowExamples']).is).toBe('collect-examples');
});

it('collect takes what the script took', () => {
  expect(parseArguments(['collect'])).toEqual({
    is: 'collect',
    collecting: {
      daysBack: 30,
      includeSystem: false,
      debug: false,
      outputPath: 'user_activity_logs.csv',
      format: 'csv',
    },
  });
  expect(
    parseArguments(['collect', '7', '-IncludeSystem', '-Debug', '-OutputPath', 'a b.csv']),
  ).toMatchObject({
    collecting: { daysBack: 7, includeSystem: true, debug: true, outputPath: 'a b.csv' },
  });
  expect(parseArguments(['collect', '-DaysBack', '90', '-Evtx'])).toMatchObject({
    collecting: { daysBack: 90, format: 'evtx', outputPath: 'user_activity_logs.evtx' },
  });
});
