/** Ini files in use are read as Python's configparser reads them, and changed only where asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni } from './ini.ts';
import { updateIni } from './update-ini.ts';

const entries = (text: string) =>
  parseIni(text).entries.map(({ section, key, value }) => [section, key, value]);

describe('reading', () => {
  it('keeps quotes, semicolons, number signs and equals signs of a value', () => {
    expect(
      entries(`[security]\ncontent_security_policy = default-src 'self'; img-src data:\nb: "x" # y = z`),
    ).toEqual([
      ['security', 'content_security_policy', "default-src 'self'; img-src data:"],
      ['security', 'b', '"x" # y = z'],
    ]);
  });

  it('takes indented lines for more of the value', () => {
    expect(entries('[a]\nlist = 1,\n  2,\n\t3\nb = 4')).toEqual([
      ['a', 'list', '1, 2, 3'],
      ['a', 'b', '4'],
    ]);
  });

  it('skips comments, byte order mark and Windows line ends', () => {
    expect(entries('\ufeff; head\r\n[a]\r\n# no = 1\r\nyes=1\r\n')).toEqual([['a', 'yes', '1']]);
  });

  it('reports lines it cannot read and goes on', () => {
    expect(parseIni('early = 1\n[a]\nwhat is this\nb=1')).toMatchObject({
      problems: [
        { line: 1, expected: 'a [section] before the first key' },
        { line: 3, expected: '[section], KEY = value or a comment' },
      ],
      entries: [{ key: 'b', line: 4 }],
    });
  });
});

describe('changing', () => {
  const file = '; mine\r\n[server]\r\nhost = 0.0.0.0\r\n# the door\r\nPORT: 80\r\n\r\n[other]\r\nodd = x\r\n';

  it('changes the named key and not one byte more', () => {
    expect(updateIni(file, { 'server.port': '8000' })).toBe(file.replace('PORT: 80', 'PORT = 8000'));
  });

  it('adds a key to its section, and a section at the end', () => {
    expect(updateIni(file, { 'server.NEW': '1' })).toBe(file.replace('80\r\n', '80\r\nNEW = 1\r\n'));
    expect(updateIni(file, { 'app.A': '1' })).toBe(`${file}\r\n[app]\r\nA = 1\r\n`);
    expect(updateIni('', { 'app.A': '1' })).toBe('[app]\nA = 1\n');
    expect(updateIni('[x]\na=1', { 'app.A': '1' })).toBe('[x]\na=1\n\n[app]\nA = 1\n');
  });

  it('takes a key out with all its lines, and one given twice everywhere', () => {
    expect(updateIni('[a]\nx = 1\n  2\n;c\ny=3\nX=4', { 'a.x': null })).toBe('[a]\n;c\ny=3');
    expect(updateIni('[a]\nx = 1\ny=3\nX=4', { 'a.x': '5' })).toBe('[a]\ny=3\nX = 5');
  });

  it('is read back, whatever the file', () => {
    const anyLine = fc.constantFrom(
      '[server]',
      '[app]',
      '# c',
      '',
      'port = 1',
      'PORT=2',
      '  more',
      'junk',
      '; x = 1',
    );
    fc.assert(
      fc.property(fc.array(anyLine), fc.stringMatching(/^[!-~]{1,12}$/), (lines, value) => {
        const text = lines.join('\n');
        const updated = updateIni(text, { 'server.PORT': value });
        const ports = parseIni(updated).entries.filter(
          ({ section, key }) => section === 'server' && key.toLowerCase() === 'port',
        );
        expect(ports.map((each) => each.value)).toEqual([value]);
        const others = (of: string) =>
          parseIni(of)
            .entries.filter(({ section, key }) => `${section}.${key}`.toLowerCase() !== 'server.port')
            .map(({ section, key, value: kept }) => [section, key, kept]);
        expect(others(updated)).toEqual(others(text));
        expect(updateIni(updated, { 'server.PORT': value })).toBe(updated);
      }),
      { numRuns: 500 },
    );
  });
});
