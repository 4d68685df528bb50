/** PostgreSQL's wire protocol (version 3), as far as somebody between client and server has to understand it. */

/** Types of messages that are looked at. */
export const KIND = { query: 'Q', sync: 'S', parse: 'P', terminate: 'X', ready: 'Z', news: 'A' } as const;

/** Codes at the place of the version in a client's first message. */
const CODE = { encryption: 80_877_103, cancel: 80_877_102 } as const;

export interface Message {
  readonly kind: string;
  /** All of it, type and length included. */
  readonly bytes: Buffer;
}

/** What a client says before it may speak. */
export type Opening =
  | { readonly is: 'encryption' | 'cancel' }
  | { readonly is: 'start'; readonly user: string };

/** Takes the first message from the front of what has come; null while it is not whole. */
export function takeOpening(bytes: Buffer): { readonly opening: Opening; readonly rest: Buffer } | null {
  if (bytes.length < 8 || bytes.length < bytes.readUInt32BE(0)) return null;
  const length = bytes.readUInt32BE(0);
  const rest = bytes.subarray(length);
  const code = bytes.readUInt32BE(4);
  if (code === CODE.encryption) return { opening: { is: 'encryption' }, rest };
  if (code === CODE.cancel) return { opening: { is: 'cancel' }, rest };
  const words = bytes.subarray(8, length).toString().split('\0');
  return { opening: { is: 'start', user: words[words.indexOf('user') + 1] ?? '' }, rest };
}

/** Whole messages at the front, and what is left of one that is not. */
export function takeMessages(bytes: Buffer): { readonly messages: Message[]; readonly rest: Buffer } {
  const messages: Message[] = [];
  let at = 0;
  while (bytes.length - at >= 5) {
    const end = at + 1 + bytes.readUInt32BE(at + 1);
    if (bytes.length < end) break;
    messages.push({ kind: String.fromCharCode(bytes[at]!), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
}

function message(kind: string, ...parts: readonly (string | number | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(`${part}\0`);
      if (typeof part !== 'number') return part;
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(part);
      return bytes;
    }),
  );
  const head = Buffer.alloc(5);
  head.write(kind, 0, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Everybody is welcome, as with `trust` in a test's own server. */
export const WELCOME = Buffer.concat([
  message('R', 0),
  message('S', 'server_version', '18'),
  message('S', 'client_encoding', 'UTF8'),
  message('S', 'standard_conforming_strings', 'on'),
  message('S', 'DateStyle', 'ISO, MDY'),
  message('K', 1, 1),
  message(KIND.ready, Buffer.from('I')),
]);

/** A statement by itself. */
export const simpleQuery = (text: string) => message(KIND.query, text);

/** The text of a statement that is sent; empty for other messages. */
export function statementOf({ kind, bytes }: Message): string {
  if (kind === KIND.query) return bytes.subarray(5, -1).toString();
  if (kind !== KIND.parse) return '';
  const nameEnd = bytes.indexOf(0, 5) + 1;
  return bytes.subarray(nameEnd, bytes.indexOf(0, nameEnd)).toString();
}
