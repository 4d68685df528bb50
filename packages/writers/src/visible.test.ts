/** Nothing that a terminal obeys gets through. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES } from './fixtures.ts';
import { jsonForTerminals, visible } from './visible.ts';

/** Control characters, line separators, marks of reading direction, lone surrogates. */
const OBEYED = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/u;

describe('what a terminal would obey is shown instead', () => {
  it.each([
    ['\u001b[2J', '␛[2J'],
    ['\u0007\u0000\u007f', '␇␀␡'],
    ['\u009b31m', '\\u009b31m'],
    ['txt\u202eexe', 'txt\\u202eexe'],
    ['a\r\nb\tc', 'a␍␊b␉c'],
    ['half \ud800', 'half �'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['Jürgen Müller', '田中さくら', 'می\u200cخواهم', '👩\u200d💻'])('%s stays as it is', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('leaves nothing to obey in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !OBEYED.test(visible(text))));
  });

  it('escapes JSON without changing its value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })), (text) => {
        const json = jsonForTerminals(JSON.stringify({ text }));
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(OBEYED);
      }),
    );
  });
});
