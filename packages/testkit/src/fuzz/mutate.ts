/** Ways of damaging a file: what disks, transfers, careless tools and attackers do to it. */
import { crc32 } from 'node:zlib';
import type { Random } from '@logonscope/simulator';
import { INPUT_BYTES_MAX } from './corpus.ts';

/** Damages `bytes` in place or returns other bytes; `other` is another honest input to borrow from. */
type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Values at which sizes and counts change their meaning. */
const EDGES = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000, 0x200,
];
/** Pieces of text that mean something to one parser or another. */
const TOKENS = [
  '"', '""', "'", ',', ';', '\t', '\r\n', '\n', '<', '</', '/>', '<Event>', '</Event>', '<![CDATA[', ']]>', '&#0;',
  '&lt;', '&bogus;', '{', '}', '[', ']', ':', '\\u0000', '\\', '\u0000', '\u{1F600}', '=cmd|x!A1', '%%1842', '-', '9'.repeat(400),
]; // biome-ignore format: one token after the other

const within = (random: Random, bytes: Uint8Array): number => random.int(0, Math.max(0, bytes.length - 1));
/** Mostly short, sometimes as long as the input. */
const stretch = (random: Random, bytes: Uint8Array): number =>
  random.chance(0.8) ? random.int(1, 64) : random.int(1, Math.max(1, bytes.length));

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flipBit(bytes, random) {
    const at = within(random, bytes);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
    return bytes;
  },
  setByte(bytes, random) {
    bytes[within(random, bytes)] = random.int(0, 255);
    return bytes;
  },
  edgeValue(bytes, random) {
    if (bytes.length < 4) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const value = random.pick(EDGES);
    // Half of them where sizes and offsets usually stand.
    const at = random.int(0, bytes.length - 4) & (random.chance(0.5) ? ~3 : ~0);
    if (random.chance(0.5)) view.setUint32(at, value, true);
    else view.setUint16(at, value & 0xffff, true);
    return bytes;
  },
  truncate: (bytes, random) => bytes.slice(0, within(random, bytes)),
  behead: (bytes, random) => bytes.slice(within(random, bytes)),
  remove(bytes, random) {
    const at = within(random, bytes);
    return joined(bytes.subarray(0, at), bytes.subarray(at + stretch(random, bytes)));
  },
  repeat(bytes, random) {
    const at = within(random, bytes);
    const end = at + stretch(random, bytes);
    return joined(bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end));
  },
  zero(bytes, random) {
    const at = within(random, bytes);
    return bytes.fill(random.chance(0.7) ? 0 : 0xff, at, at + stretch(random, bytes));
  },
  noise(bytes, random) {
    const at = within(random, bytes);
    const end = Math.min(bytes.length, at + stretch(random, bytes));
    for (let i = at; i < end; i++) bytes[i] = random.int(0, 255);
    return bytes;
  },
  token(bytes, random) {
    const at = within(random, bytes);
    const token = new TextEncoder().encode(random.pick(TOKENS));
    return joined(bytes.subarray(0, at), token, bytes.subarray(at));
  },
  splice(bytes, random, other) {
    const at = within(random, other);
    return joined(bytes.subarray(0, within(random, bytes)), other.subarray(at, at + stretch(random, other)));
  },
  swap(bytes, random) {
    const length = Math.min(stretch(random, bytes), bytes.length >> 1);
    const from = random.int(0, Math.max(0, bytes.length - length));
    const to = random.int(0, Math.max(0, bytes.length - length));
    const piece = bytes.slice(from, from + length);
    bytes.copyWithin(from, to, to + length);
    bytes.set(piece, to);
    return bytes;
  },
};

const NAMES = Object.keys(MUTATIONS);

/** A damaged copy of `honest`: one to four mutations, never longer than what is fuzzed. */
export function mutate(honest: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = honest.slice();
  for (let left = random.chance(0.6) ? 1 : random.int(2, 4); left > 0 && bytes.length > 0; left--) {
    bytes = MUTATIONS[random.pick(NAMES)]!(bytes, random, other);
  }
  bytes = bytes.slice(0, INPUT_BYTES_MAX);
  // With right checksums again, damage reaches what only trusted chunks may do.
  return random.chance(0.5) ? withRightChecksums(bytes) : bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Writes the checksums that each EVTX chunk ought to have; other bytes come back unchanged. */
function withRightChecksums(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (
    let at = buffer.indexOf('ElfChnk\0', 0, 'latin1');
    at !== -1;
    at = buffer.indexOf('ElfChnk\0', at + 1, 'latin1')
  ) {
    const chunk = buffer.subarray(at, at + 65_536);
    if (chunk.length < 512) break;
    const usedBytes = Math.min(Math.max(chunk.readUInt32LE(48), 512), chunk.length);
    chunk.writeUInt32LE(crc32(chunk.subarray(512, usedBytes)), 52);
    chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124);
  }
  return bytes;
}
