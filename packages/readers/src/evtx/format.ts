/** The numbers of the EVTX format: sizes, offsets, tokens and value types (MS-EVEN6 2.2, libevtx's format notes). */

export const FILE_HEADER_BYTES = 4_096;
export const CHUNK_BYTES = 65_536;
export const CHUNK_HEADER_BYTES = 512;
export const RECORD_HEADER_BYTES = 24;
/** Header plus the size that is repeated at the end. */
export const RECORD_MIN_BYTES = 28;
/** Next definition's offset, GUID, size of the tokens. */
export const TEMPLATE_HEADER_BYTES = 24;

export const FILE_MAGIC = 'ElfFile\0';
export const CHUNK_MAGIC = 'ElfChnk\0';
/** `2a 2a 00 00` read as a little-endian number. */
export const RECORD_MAGIC = 0x2a2a;

/** Where the chunk header keeps its facts. */
export const CHUNK = { freeSpace: 48, dataCrc: 52 } as const;

/** BinXML tokens without the flag 0x40, which says that more follows. */
export const TOKEN = {
  end: 0x00,
  open: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  close: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  character: 0x08,
  entity: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  template: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragment: 0x0f,
} as const;

/** Value types of substitutions and literals; an array of a type has the bit 0x80 on top. */
export const TYPE = {
  none: 0x00,
  text: 0x01,
  ansiText: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  float: 0x0b,
  double: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  size: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  binXml: 0x21,
} as const;
export const ARRAY_FLAG = 0x80;

/** Bytes of the types with a fixed width, by type; 0 where the length comes with the value. */
export const TYPE_BYTES: readonly number[] = [
  0, 0, 0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 4, 0, 16, 0, 8, 16, 0, 4, 8,
];

/** Input that cannot be what the format allows; thrown inside the reader, caught per record, reported as a problem. */
export class Damage extends Error {
  /** The field concerned, such as `template.offset`. */
  readonly field: string;

  constructor(field: string, have: string | number, need: string) {
    super(`have ${have}, need ${need}`);
    this.field = field;
  }
}

/** Damage, or an access outside the buffer: either way the bytes are wrong and the record is lost. */
export function isDamage(error: unknown): error is Damage | RangeError {
  return error instanceof Damage || error instanceof RangeError;
}
