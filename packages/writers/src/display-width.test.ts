/** Widths and cuts of texts in several scripts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, truncated, wrapped } from './display-width.ts';

describe('display width', () => {
  it.each([
    ['', 0],
    ['ana', 3],
    ['Jürgen', 6],
    ['Ju\u0308rgen', 6],
    ['田中さくら', 10],
    ['한국', 4],
    ['ＡＢ', 4],
    ['ｱｲ', 2],
    ['😀', 2],
    ['Москва', 6],
    ['𠮷野', 4],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['田中さくら', 10, '田中さくら'],
    ['田中さくら', 9, '田中さく…'],
    ['田中さくら', 8, '田中さ…'],
    ['Ju\u0308rgen', 3, 'Ju\u0308…'],
    ['ab', 0, ''],
  ])('%s cut to %i columns is %s', (text, width, cut) => {
    expect(truncated(text, width)).toBe(cut);
  });

  it('never exceeds the columns given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        expect(displayWidth(truncated(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('breaks lines at blanks', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('one two three')).toEqual(['one two three']);
    expect(wrapped('田中さくら さん', 6)).toEqual(['田中さくら', 'さん']);
    expect(wrapped('', 6)).toEqual(['']);
  });
});
