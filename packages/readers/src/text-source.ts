/** Bytes of a text file to decoded blocks: encoding by its mark or its look, torn characters held back, bad ones survived. */
import type { ByteSource, RecordSink } from './reader.ts';
import { TEXT_BLOCK_BYTES } from './text-limits.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const LF = 0x0a;
/** In Latin text every other byte of UTF-16 is zero; this share of zeros tells it from UTF-8 safely. */
const ZERO_SHARE = 0.3;

/** The encoding of a file by its byte order mark or, without one, by where its zero bytes stand. */
export function sniffEncoding(head: Uint8Array): { encoding: Encoding; markBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const length = Math.min(head.length & ~1, 1024);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) evenZeros += 1;
    if (head[i + 1] === 0) oddZeros += 1;
  }
  const pairs = length / 2;
  if (oddZeros > pairs * ZERO_SHARE && evenZeros < oddZeros / 4)
    return { encoding: 'utf-16le', markBytes: 0 };
  if (evenZeros > pairs * ZERO_SHARE && oddZeros < evenZeros / 4)
    return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}

const heads = new WeakMap<Uint8Array, string>();

/** The head of a file as text, for detection; remembered, since every reader asks. */
export function headText(head: Uint8Array): string {
  let text = heads.get(head);
  if (text === undefined) {
    const { encoding, markBytes } = sniffEncoding(head);
    text = new TextDecoder(encoding, { ignoreBOM: true }).decode(head.subarray(markBytes));
    heads.set(head, text);
  }
  return text;
}

/** Fills `into` as far as the source reaches, so that the size of its reads changes nothing. */
export async function fill(source: ByteSource, into: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const answer = source.read(into.subarray(filled));
    const got = typeof answer === 'number' ? answer : await answer;
    if (got === 0) break;
    filled += got;
  }
  return filled;
}

/** Where to cut UTF-8 so that no character is torn: after the last line, else before an unfinished character. */
function cutUtf8(bytes: Uint8Array, length: number): number {
  const line = bytes.lastIndexOf(LF, length - 1);
  if (line >= length >> 1) return line + 1;
  for (let back = 1; back <= 3 && back < length; back++) {
    const byte = bytes[length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return length - back;
  }
  return length;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Each line by itself: UTF-8 where it is valid, else Windows-1252, which gives every byte a character. */
function decodeMixed(bytes: Uint8Array): string {
  const western = new TextDecoder('windows-1252');
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end + 1;
    const line = bytes.subarray(from, to);
    lines.push(tryUtf8(line) ?? western.decode(line));
    from = to;
  }
  return lines.join('');
}

/**
 * The text of a source, block by block. UTF-8 blocks end at a line where lines are shorter than half a block.
 * Says so once (`text/encoding-assumed`) when bytes had to be read as Windows-1252.
 */
export async function* textBlocks(source: ByteSource, sink: RecordSink): AsyncGenerator<string> {
  const buffer = new Uint8Array(TEXT_BLOCK_BYTES);
  let held = 0;
  let bytesRead = 0;
  let assumed = false;
  let encoding: Encoding | null = null;
  let wide: InstanceType<typeof TextDecoder> | null = null;
  for (;;) {
    const got = await fill(source, buffer.subarray(held));
    const length = held + got;
    const last = length < buffer.length;
    bytesRead += got;
    sink.progress?.(bytesRead);
    let from = 0;
    if (encoding === null) {
      const sniffed = sniffEncoding(buffer.subarray(0, length));
      encoding = sniffed.encoding;
      from = sniffed.markBytes;
      if (encoding !== 'utf-8') wide = new TextDecoder(encoding, { ignoreBOM: true });
    }
    if (wide !== null) {
      yield wide.decode(buffer.subarray(from, length), { stream: !last });
      held = 0;
    } else {
      const to = last ? length : Math.max(from, cutUtf8(buffer, length));
      const bytes = buffer.subarray(from, to);
      const text = tryUtf8(bytes);
      if (text === null && !assumed) {
        assumed = true;
        sink.problem({
          code: 'text/encoding-assumed',
          at: { file: source.name },
          field: null,
          message: 'Some bytes are not valid UTF-8; those lines were read as Windows-1252.',
        });
      }
      yield text ?? decodeMixed(bytes);
      buffer.copyWithin(0, to, length);
      held = length - to;
    }
    if (last) return;
  }
}
