/** A zip file of one member, deflated: the archives that fuzzing damages. */
import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const DEFLATED = 8;

/** Field layout: APPNOTE.TXT of the zip format, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zipOf(name: string, content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  const nameBytes = Buffer.from(name);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(nameBytes.length, 22);

  const local = Buffer.alloc(LOCAL_HEADER_BYTES);
  local.write('PK\x03\x04', 0, 'latin1');
  facts.copy(local, 4);
  const central = Buffer.alloc(CENTRAL_HEADER_BYTES);
  central.write('PK\x01\x02', 0, 'latin1');
  central.writeUInt16LE(20, 4);
  facts.copy(central, 6);
  const end = Buffer.alloc(END_BYTES);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(CENTRAL_HEADER_BYTES + nameBytes.length, 12);
  end.writeUInt32LE(LOCAL_HEADER_BYTES + nameBytes.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, nameBytes, packed, central, nameBytes, end]));
}
