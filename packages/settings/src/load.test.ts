/** Settings are loaded as people write them: four sources in order, every mistake told at once, secrets never. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LoadInput, loadSettings, SOURCES } from './load.ts';
import { renderIni } from './render.ts';
import { defineSettings, type Values } from './setting.ts';
import { DEMANDING, EXAMPLE } from './testdata.ts';
import { integer } from './types.ts';
import { describeWrong } from './wrong.ts';

type Input = LoadInput<typeof EXAMPLE.settings>;

function values(input: Input) {
  const loaded = loadSettings(EXAMPLE, input);
  if (!loaded.ok) throw new Error(loaded.wrong.map(describeWrong).join('\n'));
  return loaded.values;
}

function wrong(input: Input): string[] {
  const loaded = loadSettings(EXAMPLE, input);
  return loaded.ok ? [] : loaded.wrong.map(describeWrong);
}

const notes = (input: Input) =>
  loadSettings(EXAMPLE, input).notes.map(({ place, text }) => `${place}: ${text}`);

describe('where a value comes from', () => {
  it('is default, ini file, environment, flag; each wins over those before it', () => {
    fc.assert(
      fc.property(
        fc.subarray([...SOURCES]),
        fc.tuple(fc.nat(65_535), fc.nat(65_535), fc.nat(65_535)),
        (from, ports) => {
          const [ini, environment, flag] = ports;
          const loaded = loadSettings(EXAMPLE, {
            ...(from.includes('ini') && { iniText: `[server]\nPORT = ${ini}` }),
            ...(from.includes('environment') && { env: { PORT: String(environment) } }),
            ...(from.includes('flag') && { argv: ['--port', String(flag)] }),
          });
          const winner = SOURCES.findLast((source) => source === 'default' || from.includes(source))!;
          expect(loaded).toMatchObject({ ok: true, sources: { port: winner } });
          expect(loaded.ok && loaded.values.port).toBe({ default: 8000, ini, environment, flag }[winner]);
        },
      ),
    );
  });

  it('finds sections and keys in any case, and older keys and names', () => {
    const iniText = '[SERVER]\nhost = a\n[Session]\npermanent_session_lifetime=60';
    expect(values({ iniText })).toMatchObject({ host: 'a', lifetime: 60_000 });
    expect(values({ env: { HOST: 'b' } }).host).toBe('b');
    expect(values({ env: { HOST: 'b', LOGONSCOPE_HOST: 'c' } }).host).toBe('c');
  });

  it('takes an empty value for none', () => {
    expect(values({ iniText: '[server]\nPORT =\n', env: { PORT: ' ' } }).port).toBe(8000);
  });

  it('takes other defaults, and relative paths from the folder named', () => {
    const input = { iniText: '[server]\nSSL_CERTFILE = certs/a.pem', baseFolder: '/srv/logonscope' };
    expect(values(input).certificate).toBe('/srv/logonscope/certs/a.pem');
    expect(values({ ...input, iniText: '[server]\nSSL_CERTFILE = /etc/a.pem' }).certificate).toBe(
      '/etc/a.pem',
    );
    expect(values({ defaults: { port: 1 } }).port).toBe(1);
  });
});

describe('texts of the environment', () => {
  it.each(['false', 'False', '0', 'no', 'off'])('APP_DEBUG=%s is no', (word) => {
    expect(values({ env: { APP_DEBUG: word }, iniText: '[app]\nAPP_DEBUG=true' }).debug).toBe(false);
  });

  it.each(['true', 'TRUE', '1', 'yes', 'on'])('APP_DEBUG=%s is yes', (word) => {
    expect(values({ env: { APP_DEBUG: word } }).debug).toBe(true);
  });
});

describe('flags', () => {
  it.each([
    [['--port', '1', '--host=h'], { port: 1, host: 'h' }],
    [['--debug', '--port=2'], { debug: true, port: 2 }],
    [['--debug', 'false'], { debug: false }],
    [['--no-debug'], { debug: false }],
    [['--port', '1', '--port', '3'], { port: 3 }],
  ])('%j', (argv, expected) => {
    expect(values({ argv })).toMatchObject(expected);
  });
});

describe('everything wrong is said at once', () => {
  it('with its place and what was expected', () => {
    const iniText = '[server]\nPORT = eighty\n[app]\nTIMEZONE = Mars/Base\nnonsense\n[logging]\nLEVEL = loud';
    const env = { APP_DEBUG: 'maybe', LIFETIME: '2 weeks' };
    expect(wrong({ iniText, env, argv: ['--host', '--frob', 'extra'] })).toEqual([
      'config.ini line 5: expected [section], KEY = value or a comment',
      'command line: expected one of its flags, not "extra"',
      'config.ini line 4, [app] TIMEZONE: expected a time zone such as UTC or Europe/London, not "Mars/Base"',
      'config.ini line 2, [server] PORT: expected a whole number from 0 to 65535, not "eighty"',
      'environment, APP_DEBUG: expected true or false (also yes, no, on, off, 1, 0), not "maybe"',
      'config.ini line 7, [logging] LEVEL: expected one of info, warn, not "loud"',
      'environment, LIFETIME: expected a duration from 1s to 1d, as 90s, 30m, 2h, 7d or a number of seconds, not "2 weeks"',
    ]);
  });

  it('also what has to be given and is not', () => {
    const loaded = loadSettings(DEMANDING, {});
    expect(loaded.ok ? [] : loaded.wrong.map(describeWrong)).toEqual([
      '[API] api_key or environment AGENT_API_KEY or --api-key: expected text in one line',
    ]);
  });

  it('without showing what may be secret', () => {
    const env = { SECRET_KEY: 'hunter2', DATABASE_URL: 'oracle://me:hunter2@db' };
    expect(wrong({ env }).join('\n')).not.toContain('hunter2');
    expect(wrong({ env })).toHaveLength(2);
  });
});

describe('what has no effect is told and stops nothing', () => {
  it('unknown keys in known sections, keys given twice, retired ones, unknown variables of ours', () => {
    const iniText = '[server]\nPROT = 1\nWORKERS=4\nPORT=1\nport=2\n[elsewhere]\nmine = 1';
    expect(values({ iniText }).port).toBe(2);
    expect(notes({ iniText, env: { LOGONSCOPE_HSOT: 'x', PATH: '/bin' } })).toEqual([
      'config.ini line 2, [server] PROT: is not a known setting',
      'config.ini line 3, [server] WORKERS: has no effect any more: one process serves all.',
      'config.ini line 5, [server] port: given twice; the last one counts',
      'environment, LOGONSCOPE_HSOT: is not a known setting',
    ]);
  });
});

describe('a definition', () => {
  it('refuses two settings in one place', () => {
    const one = { env: [], type: integer({ min: 0, max: 1 }), default: 0, doc: 'A.' };
    expect(() => defineSettings({ a: { ...one, ini: 'x.A' }, b: { ...one, ini: 'X.a' } })).toThrow(
      'share x.a',
    );
  });
});

describe('a written config.ini', () => {
  const line = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
  const arbitrary: fc.Arbitrary<Values<typeof EXAMPLE.settings>> = fc.record({
    key: fc.option(fc.stringMatching(/^[!-~]{8,40}$/)),
    zone: fc.constantFrom('UTC', 'Europe/London', 'America/New_York'),
    host: line,
    port: fc.nat(65_535),
    debug: fc.boolean(),
    peers: fc.array(fc.stringMatching(/^[a-f0-9:./;#=]{1,20}$/)),
    level: fc.constantFrom('info' as const, 'warn' as const),
    lifetime: fc.integer({ min: 1_000, max: 86_400_000 }),
    certificate: fc.option(line),
    database: line.map((rest) => `postgresql://${rest.replaceAll(' ', '')}`),
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(arbitrary, (written) => {
        expect(values({ iniText: renderIni(EXAMPLE, written) })).toEqual(written);
      }),
    );
  });
});
