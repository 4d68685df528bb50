/** A ZIP archive of files that are stored as they are, written while they are read: large programs never lie in memory. */
import { crc32 } from 'node:zlib';

/** A file of the archive. `open` is called twice and gives the same bytes both times. */
export interface ZipFile {
  /** ASCII, without folders. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const VERSION_NEEDED = 20;
const STORED = 0;

/** APPNOTE.TXT 4.3.7: what stands before a file and, with more behind it, once more in the directory. */
function commonHeader({ crc, bytes, name }: Measured, atMs: number): Buffer {
  const header = Buffer.alloc(26);
  const at = new Date(atMs);
  header.writeUInt16LE(VERSION_NEEDED, 0);
  header.writeUInt16LE(STORED, 4);
  header.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6);
  header.writeUInt16LE(
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    8,
  );
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(bytes, 14);
  header.writeUInt32LE(bytes, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

interface Measured {
  readonly name: string;
  readonly crc: number;
  readonly bytes: number;
}

async function measure(file: ZipFile): Promise<Measured> {
  let crc = 0;
  let bytes = 0;
  for await (const piece of file.open()) {
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  return { name: file.name, crc, bytes };
}

const signature = (text: string) => Buffer.from(text, 'latin1');

/** The archive, piece by piece. Rejects where a file is no longer what it was when it was measured. */
export async function* zipOf(files: readonly ZipFile[], atMs: number): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const measured = await measure(file);
    const header = commonHeader(measured, atMs);
    const name = Buffer.from(file.name, 'ascii');
    const local = Buffer.concat([signature('PK\x03\x04'), header, name]);
    yield local;
    let sent = 0;
    for await (const piece of file.open()) {
      sent += piece.length;
      yield piece;
    }
    if (sent !== measured.bytes) throw new Error(`${file.name} changed while it was read.`);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature('PK\x01\x02\x14\x00'), header, entry, name]));
    offset += local.length + sent;
  }
  const all = Buffer.concat(directory);
  yield all;
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(all.length, 8);
  end.writeUInt32LE(offset, 12);
  yield Buffer.concat([signature('PK\x05\x06'), end]);
}
