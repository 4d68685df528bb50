/** The few forms of ASN.1 DER that a certificate is made of (X.690). */
import { isIPv4 } from 'node:net';

const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;
/** Years that UTCTime can say end here (RFC 5280, 4.1.2.5). */
const UTC_TIME_ENDS_MS = Date.UTC(2050, 0, 1);

type Bytes = Uint8Array;

function element(tag: number, ...content: readonly Bytes[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** Short form below 128, else the count of length bytes and the length itself. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([CONTEXT | bytes.length, ...bytes]);
}

export const sequence = (...content: readonly Bytes[]): Buffer => element(TAGS.sequence, ...content);
export const set = (...content: readonly Bytes[]): Buffer => element(TAGS.set, ...content);
export const octetString = (content: Bytes): Buffer => element(TAGS.octetString, content);
/** A bit string of whole bytes; `unusedBits` of the last one do not count. */
export const bitString = (content: Bytes, unusedBits = 0): Buffer =>
  element(TAGS.bitString, Buffer.from([unusedBits]), content);
export const yes = (): Buffer => element(TAGS.boolean, Buffer.from([0xff]));
export const utf8 = (text: string): Buffer => element(TAGS.utf8, Buffer.from(text, 'utf8'));
export const printable = (text: string): Buffer => element(TAGS.printable, Buffer.from(text, 'ascii'));

/** A number that is not negative, from its bytes, most significant first. */
export function integer(bytes: Bytes): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = first < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  const sign = significant[0]! >= 0x80 ? [Buffer.from([0])] : [];
  return element(TAGS.integer, ...sign, significant);
}

/** An object identifier from its dotted text. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 | (left % 128));
    return digits;
  });
  return element(TAGS.oid, Buffer.from(bytes));
}

/** An instant, to the second. */
export function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return atMs < UTC_TIME_ENDS_MS
    ? element(TAGS.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : element(TAGS.generalizedTime, Buffer.from(`${digits}Z`));
}

/** Content under a number that its surroundings give a meaning. */
export const tagged = (number: number, content: Bytes): Buffer =>
  element(CONTEXT | CONSTRUCTED | number, content);
export const taggedBytes = (number: number, content: Bytes): Buffer => element(CONTEXT | number, content);

/** The 4 or 16 bytes of an address; the text must be one (`isIP`). */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  // The URL parser brings every spelling into one: hexadecimal, at most one gap.
  const spelled = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = spelled.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const before = groups(head);
  const after = groups(tail ?? '');
  const gap = new Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.from([...before, ...gap, ...after].flatMap((group) => [group >> 8, group & 0xff]));
}
