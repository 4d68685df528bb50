/** What people read of the settings: config.ini, page, form; no secret in any of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import { describeForm, renderDocs, renderIni } from './render.ts';
import { EXAMPLE } from './testdata.ts';
import { formatDuration, withoutCredentials } from './types.ts';

describe('config.ini', () => {
  it('explains each setting and leaves defaults as comments', () => {
    const text = renderIni(EXAMPLE, { port: 9000, host: '127.0.0.1' });
    expect(text).toContain(
      '# Which port. Expects a whole number from 0 to 65535.\n# Also: PORT, --port\nPORT = 9000\n',
    );
    expect(text).toContain('\n; HOST = 127.0.0.1\n');
  });
});

describe('the page', () => {
  it('has a row per setting, and the keys without effect', () => {
    const page = renderDocs(EXAMPLE);
    expect(page).toContain(
      '| `PORT` | `PORT` | `--port` | `8000` | Which port. Expects a whole number from 0 to 65535. |',
    );
    expect(page).toContain('| `server.WORKERS` | one process serves all. |');
  });
});

describe('the form', () => {
  it('names kind, limits and choices', () => {
    const fields = new Map(describeForm(EXAMPLE, { port: 1 }).map((field) => [field.name, field]));
    expect(fields.get('port')).toMatchObject({
      kind: 'integer',
      min: 0,
      max: 65_535,
      value: '1',
      default: '8000',
    });
    expect(fields.get('level')).toMatchObject({ kind: 'choice', choices: ['info', 'warn'], required: false });
  });
});

describe('secrets', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9!#$%&*/:?@_-]{8,40}$/).map((text) => `S3cr3t${text}`);

  it('are in nothing that is shown', () => {
    fc.assert(
      fc.property(secret, secret, (key, password) => {
        const values = { key, database: `postgresql://me:${password}@db.example/x?sslpassword=${password}` };
        const shown = JSON.stringify([redact(EXAMPLE, values), describeForm(EXAMPLE, values)]);
        expect(shown).not.toContain('S3cr3t');
        expect(shown).toContain('***');
      }),
    );
  });

  it('leave the place of a database readable', () => {
    expect(withoutCredentials('postgresql://me:a/b@c@db.example/x')).toBe('postgresql://***');
    expect(withoutCredentials('postgresql://me:ab@db.example:5432/x?sslmode=on')).toBe(
      'postgresql://***@db.example:5432/x',
    );
    expect(withoutCredentials('sqlite:///database.db')).toBe('sqlite:///database.db');
  });
});

it('durations are said in their largest unit', () => {
  expect([0, 1, 1_000, 90_000, 7_200_000, 604_800_000].map(formatDuration)).toEqual([
    '0s',
    '1ms',
    '1s',
    '90s',
    '2h',
    '7d',
  ]);
});
