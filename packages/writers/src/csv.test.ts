/** CSV fields and files: quoting, units, and formulas that stay text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, csvWriter } from './csv.ts';
import { collector, HOSTILE_NAMES, HOSTILE_TABLE, PLAIN_TABLE, parsedCsv } from './fixtures.ts';

async function csvOf(table: typeof PLAIN_TABLE): Promise<string> {
  const out = collector();
  await csvWriter.write(table, out.sink);
  return out.text();
}

describe('a CSV field', () => {
  it.each([
    ['ana', 'ana'],
    ['CORP\\ana', 'CORP\\ana'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', '"\'\t\'=1"'],
    ['＝1+1', "'＝1+1"],
    [' =1+1', "' =1+1"],
    ['\u200b=1+1', "'\u200b=1+1"],
    ['a;=1+1', '"a;\'=1+1"'],
    ['-5', '-5'],
    ['+3.25', '+3.25'],
    ['-5+cmd', "'-5+cmd"],
    ['\u001b[31m', '␛[31m'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(csvField(text)).toBe(written);
  });

  it('keeps numbers, flags and absence apart from text', () => {
    expect([csvField(-5), csvField(0.125), csvField(true), csvField(null)]).toEqual([
      '-5',
      '0.125',
      'true',
      '',
    ]);
  });
});

describe('a CSV file', () => {
  it('has a title line with units, seconds, UTC and CRLF', async () => {
    expect((await csvOf(PLAIN_TABLE)).split('\r\n')).toEqual([
      'User,Start,Day,Use time (s),Sessions,Share,Elevated',
      'ana,2026-03-28T22:30:00.250Z,2026-03-28,25200,3,0.125,true',
      '"Jürgen Müller, ""JM""",2026-03-29T01:30:00.250Z,2026-03-29,90061.5,12345,1,false',
      '田中さくら,,,,,,',
      '',
    ]);
  });

  it('holds no cell that a spreadsheet would compute, whichever separator it splits at', async () => {
    const text = await csvOf(HOSTILE_TABLE);
    const cells = parsedCsv(text).flat();
    expect(cells).toHaveLength((HOSTILE_NAMES.length + 1) * 2);
    for (const cell of cells) expect(cell).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r]/);
    for (const piece of text.split(/[;\t\r\n]/)) expect(piece).not.toMatch(/^[ "]*[=+@＝＋－＠]/);
  });

  it('gives back any text, but for the apostrophe and control characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), async (names) => {
        const rows = names.map((name) => ({ name }));
        const text = await csvOf({ title: '', columns: { name: { title: 'Name' } }, rows });
        const back = parsedCsv(text).slice(1).flat();
        const comparable = (name: string) =>
          name.replace(/['\u0000-\u001f\u007f-\u009f\u2400-\u2421]|\\u00[89][0-9a-f]/g, '');
        expect(back.map(comparable)).toEqual(names.map(comparable));
      }),
    );
  });
});
