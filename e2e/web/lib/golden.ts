/** Pictures of a canvas against those that were looked at and kept; `UPDATE=1` keeps the new ones. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';

const FOLDER = join(import.meta.dirname, '..', 'golden');

/** Of a thousand pixels so many may differ: browsers round edges in their own ways. */
export const DIFFERENT_MAX = 0.001;
/** A channel may be off by so much without being another colour. */
const CHANNEL_MAX = 3;

/** Which part of the pixels differs from the kept picture; a picture of another size differs wholly. */
export async function differenceFromGolden(canvas: Locator, name: string): Promise<number> {
  const path = join(FOLDER, `${name}.png`);
  const drawn = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL('image/png'));
  const base64 = drawn.slice(drawn.indexOf(',') + 1);
  if (process.env.UPDATE === '1' || !existsSync(path)) {
    if (process.env.UPDATE !== '1') return 1;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, Buffer.from(base64, 'base64'));
  }
  const kept = readFileSync(path).toString('base64');
  return canvas.evaluate(compare, { kept, base64, channelMax: CHANNEL_MAX });
}

/** Runs in the page: decodes both and counts. */
async function compare(
  _: unknown,
  { kept, base64, channelMax }: { kept: string; base64: string; channelMax: number },
): Promise<number> {
  const pixelsOf = async (text: string) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const sheet = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = sheet.getContext('2d')!;
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    return { data, size: `${bitmap.width}x${bitmap.height}` };
  };
  const [one, other] = [await pixelsOf(kept), await pixelsOf(base64)];
  if (one.size !== other.size) return 1;
  let different = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    for (let c = 0; c < 4; c++) {
      if (Math.abs(one.data[i + c]! - other.data[i + c]!) <= channelMax) continue;
      different += 1;
      break;
    }
  }
  return different / (one.data.length / 4);
}
