/** The first two messages of a connection: what the server can, and who comes. */

const OPTION = { version: 0, encryption: 1, instance: 2, thread: 3, multiple: 4 } as const;
const END = 0xff;
const NOT_SUPPORTED = 2;
const OPTION_BYTES = 5;

/** No encryption: the stand-in is on the loopback of a test. */
export function preloginAnswer(): Buffer {
  const options: [number, Buffer][] = [
    [OPTION.version, Buffer.from([16, 0, 0x10, 0, 0, 0])],
    [OPTION.encryption, Buffer.from([NOT_SUPPORTED])],
    [OPTION.instance, Buffer.from([0])],
    [OPTION.thread, Buffer.alloc(0)],
    [OPTION.multiple, Buffer.from([0])],
  ];
  let offset = options.length * OPTION_BYTES + 1;
  const heads = options.map(([option, data]) => {
    const head = Buffer.alloc(OPTION_BYTES);
    head[0] = option;
    head.writeUInt16BE(offset, 1);
    head.writeUInt16BE(data.length, 3);
    offset += data.length;
    return head;
  });
  return Buffer.concat([...heads, Buffer.from([END]), ...options.map(([, data]) => data)]);
}

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const USER_AT = 40;
const PASSWORD_AT = 44;
const DATABASE_AT = 68;
const MASK = 0xa5;

export function readLogin(body: Buffer): Login {
  const bytesAt = (at: number) => {
    const [offset, characters] = [body.readUInt16LE(at), body.readUInt16LE(at + 2)];
    return body.subarray(offset, offset + characters * 2);
  };
  // Each byte has its halves exchanged and some bits turned over.
  const hidden = bytesAt(PASSWORD_AT);
  const password = Buffer.from(hidden.map((byte) => (((byte ^ MASK) & 0x0f) << 4) | ((byte ^ MASK) >> 4)));
  return {
    user: bytesAt(USER_AT).toString('utf16le'),
    password: password.toString('utf16le'),
    database: bytesAt(DATABASE_AT).toString('utf16le'),
  };
}
