/** Walks BinXML, the tokens that EVTX keeps its XML in, and tells a sink what it meets; builds no tree. */
import type { ByteWindow } from '../../bytes.ts';
import { utf16Text } from '../../bytes.ts';
import { MAX_ELEMENT_DEPTH, MAX_NAME_UNITS } from '../../limits.ts';
import { CHUNK_BYTES, CHUNK_HEADER_BYTES, Damage, TOKEN, TYPE, TYPE_BYTES } from '../format.ts';
import type { OffsetTable } from './offset-table.ts';

/** What a walk tells of, in document order. */
export interface ElementSink {
  open(name: string): void;
  attribute(name: string): void;
  /** The attributes of the element are complete. */
  content(): void;
  /** A literal value; it lies in the chunk's window. */
  value(type: number, at: number, lengthBytes: number): void;
  /** A character or entity of the text. */
  text(text: string): void;
  /** A place for a value of the template instance; if optional, its element goes where there is no value. */
  substitution(index: number, type: number, optional: boolean): void;
  close(): void;
}

/** The part of a chunk that a walk needs: its bytes and its names. */
export interface NamedBytes extends ByteWindow {
  /** Where the chunk begins in the window. */
  readonly base: number;
  /** Names read before, by their offset in the chunk. */
  readonly names: OffsetTable<string>;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Next name's offset (4 bytes), hash (2), count of units (2); the units and a NUL follow. */
const NAME_HEADER_BYTES = 8;

/** The name at an offset of the chunk. */
function nameAt(chunk: NamedBytes, offset: number): string {
  const known = chunk.names.at(offset);
  if (known !== null) return known;
  if (offset < CHUNK_HEADER_BYTES || offset + NAME_HEADER_BYTES > CHUNK_BYTES)
    throw new Damage('name.offset', offset, 'a place in the chunk behind its header');
  const units = chunk.view.getUint16(chunk.base + offset + 6, true);
  if (units > MAX_NAME_UNITS || offset + NAME_HEADER_BYTES + 2 * units > CHUNK_BYTES)
    throw new Damage('name.length', units, `at most ${MAX_NAME_UNITS} characters within the chunk`);
  const name = utf16Text(chunk.view, chunk.base + offset + NAME_HEADER_BYTES, 2 * units);
  chunk.names.add(offset, name);
  return name;
}

/** One walk over `[at, end)`; the position moves on with each token. */
class Walk {
  readonly chunk: NamedBytes;
  readonly sink: ElementSink;
  readonly end: number;
  /** Elements of template definitions carry two more bytes, the dependency ID. */
  readonly dependencyBytes: number;
  at: number;
  depth = 0;

  constructor(
    chunk: NamedBytes,
    range: { at: number; end: number; dependencyBytes: number },
    sink: ElementSink,
  ) {
    this.chunk = chunk;
    this.sink = sink;
    this.at = range.at;
    this.end = range.end;
    this.dependencyBytes = range.dependencyBytes;
  }

  /** Steps over `count` bytes and returns where they begin. */
  take(count: number, field: string): number {
    const start = this.at;
    if (start + count > this.end) throw new Damage(field, this.end - start, `${count} bytes more`);
    this.at = start + count;
    return start;
  }

  /** A name, kept elsewhere in the chunk or, at its first use, right here. */
  name(): string {
    const { view, base } = this.chunk;
    const offset = view.getUint32(this.take(4, 'name.offset'), true);
    const name = nameAt(this.chunk, offset);
    if (base + offset === this.at) this.take(NAME_HEADER_BYTES + 2 * name.length + 2, 'name');
    return name;
  }

  open(hasAttributes: boolean): void {
    // The element's size, the last four bytes, is not trusted: tokens delimit.
    this.take(1 + this.dependencyBytes + 4, 'element');
    const name = this.name();
    if (hasAttributes) this.take(4, 'attribute list');
    this.depth += 1;
    if (this.depth > MAX_ELEMENT_DEPTH)
      throw new Damage('element.depth', this.depth, `at most ${MAX_ELEMENT_DEPTH}`);
    this.sink.open(name);
  }

  close(): void {
    this.take(1, 'token');
    if (this.depth === 0) throw new Damage('token', 'the end of an element', 'an element that is open');
    this.depth -= 1;
    this.sink.close();
  }

  value(): void {
    const { bytes, view } = this.chunk;
    const type = bytes[this.take(2, 'value.type') + 1] as number;
    let length = TYPE_BYTES[type] ?? 0;
    if (type === TYPE.text) length = 2 * view.getUint16(this.take(2, 'value.length'), true);
    else if (type === TYPE.ansiText || type === TYPE.binary)
      length = view.getUint16(this.take(2, 'value.length'), true);
    else if (type === TYPE.sid) length = this.at + 2 <= this.end ? 8 + 4 * (bytes[this.at + 1] as number) : 8;
    else if (length === 0) throw new Damage('value.type', type, 'a type that may stand in the text');
    this.sink.value(type, this.take(length, 'value'), length);
  }

  units(field: string): { at: number; lengthBytes: number } {
    const lengthBytes = 2 * this.chunk.view.getUint16(this.take(3, field) + 1, true);
    return { at: this.take(lengthBytes, field), lengthBytes };
  }

  /** Does what the token at the position says; its flag 0x40 says that more follows. */
  step(token: number): void {
    switch (token & ~0x40) {
      case TOKEN.open:
        this.open((token & 0x40) !== 0);
        break;
      case TOKEN.closeStart:
        this.take(1, 'token');
        this.sink.content();
        break;
      case TOKEN.closeEmpty:
      case TOKEN.close:
        this.close();
        break;
      case TOKEN.value:
        this.value();
        break;
      case TOKEN.attribute:
        this.take(1, 'token');
        this.sink.attribute(this.name());
        break;
      case TOKEN.substitution:
      case TOKEN.optionalSubstitution:
        this.substitution((token & ~0x40) === TOKEN.optionalSubstitution);
        break;
      case TOKEN.fragment:
        this.take(4, 'fragment');
        break;
      default:
        this.rareStep(token);
    }
  }

  /** Tokens that event logs may have and hardly ever do. */
  rareStep(token: number): void {
    switch (token & ~0x40) {
      case TOKEN.cdata:
        this.cdata();
        break;
      case TOKEN.character:
        this.character();
        break;
      case TOKEN.entity:
        this.entity();
        break;
      case TOKEN.instructionTarget:
        this.take(1, 'token');
        this.name();
        break;
      case TOKEN.instructionData:
        this.units('processing instruction');
        break;
      default:
        throw new Damage('token', `0x${token.toString(16)}`, 'a BinXML token');
    }
  }

  character(): void {
    const at = this.take(3, 'character');
    this.sink.text(String.fromCharCode(this.chunk.view.getUint16(at + 1, true)));
  }

  cdata(): void {
    const { at, lengthBytes } = this.units('CDATA');
    this.sink.value(TYPE.text, at, lengthBytes);
  }

  entity(): void {
    this.take(1, 'token');
    const name = this.name();
    this.sink.text(ENTITIES[name] ?? `&${name};`);
  }

  substitution(optional: boolean): void {
    const at = this.take(4, 'substitution');
    this.sink.substitution(
      this.chunk.view.getUint16(at + 1, true),
      this.chunk.bytes[at + 3] as number,
      optional,
    );
  }
}

/**
 * Walks the tokens of `[at, end)` until the end token, the end of the range or the end of the outermost element.
 * Throws `Damage` where they cannot be BinXML.
 */
export function walkElements(
  chunk: NamedBytes,
  range: { at: number; end: number; dependencyBytes: number },
  sink: ElementSink,
): void {
  const walk = new Walk(chunk, range, sink);
  while (walk.at < walk.end) {
    const token = chunk.bytes[walk.at] as number;
    if (token === TOKEN.end) break;
    walk.step(token);
    if (walk.depth === 0 && token !== TOKEN.fragment) return;
  }
  if (walk.depth > 0)
    throw new Damage('element.end', 'the end of the tokens', `${walk.depth} more ends of elements`);
}

/**
 * Whether the elements at `at` carry a dependency ID: bare ones do not, but only the first name's offset tells for
 * sure, as it points right behind itself or to a name that makes sense.
 */
export function dependencyBytes(chunk: NamedBytes, at: number, end: number): 0 | 2 {
  const { view, base } = chunk;
  if (at + 11 > end) return 0;
  const without = view.getUint32(at + 5, true);
  const withId = view.getUint32(at + 7, true);
  if (base + without === at + 9) return 0;
  if (base + withId === at + 11) return 2;
  return isName(chunk, without) ? 0 : 2;
}

function isName({ view, base }: NamedBytes, offset: number): boolean {
  if (offset < CHUNK_HEADER_BYTES || offset + NAME_HEADER_BYTES + 2 > CHUNK_BYTES) return false;
  const units = view.getUint16(base + offset + 6, true);
  const end = offset + NAME_HEADER_BYTES + 2 * units;
  if (units === 0 || units > MAX_NAME_UNITS || end + 2 > CHUNK_BYTES) return false;
  return view.getUint16(base + end, true) === 0;
}
