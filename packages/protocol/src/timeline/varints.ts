/** Unsigned numbers in as many bytes as they need: LEB128, seven bits a byte, lowest first, the top bit says that more follow. */
import { TimelineFormatError } from './bytes.ts';

/** So many bytes of seven bits hold every whole number of JavaScript. */
const VARINT_BYTES_MAX = 8;

/** Bytes that grow at the end. */
export class ByteWriter {
  private bytes = new Uint8Array(1 << 12);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    this.byte(rest);
  }

  /** UTF-8, after its number of bytes. */
  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.varint(encoded.length);
    this.all(encoded);
  }

  all(some: Uint8Array): void {
    if (this.length + some.length > this.bytes.length) this.grow(some.length);
    this.bytes.set(some, this.length);
    this.length += some.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote; every reading past the end is a `TimelineFormatError`. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new TimelineFormatError('bytes', 'cut off');
    return this.bytes[this.at++]!;
  }

  varint(): number {
    let value = 0;
    for (let i = 0, unit = 1; i < VARINT_BYTES_MAX; i++, unit *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw new TimelineFormatError('number', 'longer than eight bytes');
  }

  /** How many of something follow that take at least `eachBytes`: a lie must not cost memory. */
  count(field: string, eachBytes: number): number {
    const count = this.varint();
    if (count * eachBytes > this.left)
      throw new TimelineFormatError(field, `${count} do not fit in ${this.left} bytes`);
    return count;
  }

  text(): string {
    return new TextDecoder().decode(this.some(this.count('text', 1)));
  }

  some(length: number): Uint8Array {
    if (length > this.left) throw new TimelineFormatError('bytes', 'cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
