/** Messages of TDS 7.4 out of and into packets of eight bytes of head and a piece of the message. */
import type { Socket } from 'node:net';

export const MESSAGE = {
  batch: 0x01,
  call: 0x03,
  answer: 0x04,
  attention: 0x06,
  login: 0x10,
  prelogin: 0x12,
} as const;

const HEAD_BYTES = 8;
const PACKET_BYTES = 4_096;
const LAST_PACKET = 0x01;

export interface TdsMessage {
  readonly type: number;
  readonly body: Buffer;
}

/** Collects bytes as they come; gives whole messages. */
export function messageReader(heard: (message: TdsMessage) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= HEAD_BYTES) {
      const length = rest.readUInt16BE(2);
      if (length < HEAD_BYTES) throw new Error(`A TDS packet says that it has ${length} bytes.`);
      if (rest.length < length) return;
      const [type, status] = [rest[0]!, rest[1]!];
      pieces.push(rest.subarray(HEAD_BYTES, length));
      rest = rest.subarray(length);
      if ((status & LAST_PACKET) === 0) continue;
      const body = Buffer.concat(pieces);
      pieces = [];
      heard({ type, body });
    }
  };
}

/** Sends an answer in as many packets as it needs. */
export function sendAnswer(socket: Socket, body: Buffer): void {
  const room = PACKET_BYTES - HEAD_BYTES;
  const packets: Buffer[] = [];
  for (let from = 0, id = 1; from === 0 || from < body.length; from += room, id++) {
    const piece = body.subarray(from, from + room);
    const last = from + room >= body.length;
    const head = Buffer.from([MESSAGE.answer, last ? LAST_PACKET : 0, 0, 0, 0, 0, id & 0xff, 0]);
    head.writeUInt16BE(piece.length + HEAD_BYTES, 2);
    packets.push(head, piece);
  }
  if (!socket.destroyed) socket.write(Buffer.concat(packets));
}

/** What stands before statements and calls: a length and headers of transactions, which the session knows itself. */
export const afterHeaders = (body: Buffer): Buffer => body.subarray(body.readUInt32LE(0));
