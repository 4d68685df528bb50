/** The program's icon, drawn here: a clock face in the blue of active time. 32-bit bitmap in an ICO file. */

const SIZE = 48;
const BLUE = [0xb2, 0x4d, 0x15] as const;
const WHITE = [0xff, 0xff, 0xff] as const;

/** How much of a pixel lies within a distance, softened over one pixel. */
const within = (distance: number, radius: number): number =>
  Math.max(0, Math.min(1, radius - distance + 0.5));

/** Distance of a point from the line between two others. */
function fromLine(x: number, y: number, toX: number, toY: number): number {
  const along = Math.max(0, Math.min(1, (x * toX + y * toY) / (toX * toX + toY * toY)));
  return Math.hypot(x - along * toX, y - along * toY);
}

/** An ICO file with one picture. */
export function icon(): Buffer {
  const pixels = Buffer.alloc(SIZE * SIZE * 4);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const x = column - SIZE / 2 + 0.5;
      const y = SIZE / 2 - row - 0.5;
      const disc = within(Math.hypot(x, y), SIZE / 2 - 1);
      const hands = Math.max(within(fromLine(x, y, 0, 15), 2.2), within(fromLine(x, y, 10, -6), 2.2));
      // Bitmaps begin with the lowest row.
      const at = ((SIZE - 1 - row) * SIZE + column) * 4;
      for (const [i, blue] of BLUE.entries()) pixels[at + i] = Math.round(blue + (WHITE[i]! - blue) * hands);
      pixels[at + 3] = Math.round(255 * disc);
    }
  }
  const mask = Buffer.alloc(SIZE * 8);
  const bitmap = Buffer.alloc(40);
  bitmap.writeUInt32LE(40, 0);
  bitmap.writeInt32LE(SIZE, 4);
  bitmap.writeInt32LE(SIZE * 2, 8);
  bitmap.writeUInt16LE(1, 12);
  bitmap.writeUInt16LE(32, 14);
  const picture = Buffer.concat([bitmap, pixels, mask]);
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head[6] = SIZE;
  head[7] = SIZE;
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, picture]);
}
