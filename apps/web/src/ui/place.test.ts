/** Menus and explanations stay in the window, on a wide screen and on a phone. */
import { describe, expect, it } from 'vitest';
import { placeAt } from './place.ts';

const WIDE = { width: 1_440, height: 900 };
const PHONE = { width: 320, height: 640 };
const button = (left: number, top: number) => ({ left, right: left + 100, top, bottom: top + 32 });

describe('placing beside a button', () => {
  it('stands below it, right edges together', () => {
    expect(placeAt(button(600, 100), { width: 200, height: 300 }, WIDE, 'end')).toEqual({
      left: 500,
      top: 136,
      maxHeight: 756,
    });
  });

  it('stands above a button at the bottom', () => {
    const { top, maxHeight } = placeAt(button(600, 850), { width: 200, height: 300 }, WIDE, 'end');
    expect(top).toBe(850 - 4 - 300);
    expect(maxHeight).toBe(838);
  });

  it('begins with a button at the left edge, where right edges together would leave the window', () => {
    expect(placeAt(button(10, 50), { width: 250, height: 100 }, PHONE, 'end').left).toBe(10);
  });

  it('never leaves the window sideways', () => {
    for (const left of [-50, 0, 100, 219, 300]) {
      for (const align of ['end', 'center'] as const) {
        const at = placeAt(button(left, 300), { width: 280, height: 100 }, PHONE, align);
        expect(at.left).toBeGreaterThanOrEqual(8);
        expect(at.left + 280).toBeLessThanOrEqual(PHONE.width - 8);
      }
    }
  });

  it('takes the roomier side and scrolls where neither is high enough', () => {
    const at = placeAt(button(100, 200), { width: 200, height: 2_000 }, PHONE, 'end');
    expect(at.top).toBe(236);
    expect(at.top + at.maxHeight).toBe(PHONE.height - 8);
  });
});
