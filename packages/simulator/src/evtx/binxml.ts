/** Trees as binary XML tokens: as templates with numbered slots, or bare with every value spelled out. */
import type { Chunk } from './chunk.ts';
import { linkInBucket, putName, templateBucketAt } from './chunk.ts';
import { type Cursor, putBytes, putText, putU8, putU16, putU32 } from './cursor.ts';
import type { Element, FilledElement, Part } from './event-tree.ts';
import type { Value, ValueType } from './values.ts';
import { putValue, VALUE_TYPES, valueSize } from './values.ts';

const TOKEN = {
  end: 0x00,
  openElement: 0x01,
  openElementWithAttributes: 0x41,
  closeStart: 0x02,
  closeEmpty: 0x03,
  closeElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  attributeMore: 0x46,
  templateInstance: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragment: 0x0f,
} as const;
const BINXML_TYPE = 0x21;
const NO_DEPENDENCY = 0xffff;

/** A template with its stable identity; compiled into each chunk that needs it. */
export interface Template {
  readonly key: string;
  readonly guid: Uint8Array;
  readonly tree: Element;
  /** Upper bound of its definition in a chunk that has none of its names yet. */
  readonly bytesMax: number;
}

export function putFragmentHeader(out: Cursor): void {
  putU32(out, 0x00010100 | TOKEN.fragment);
}

/** Writes a template instance without its values, defining the template on its first use in the chunk. */
export function putTemplate(chunk: Chunk, template: Template): void {
  const { out } = chunk;
  const { guid } = template;
  putU8(out, TOKEN.templateInstance);
  putU8(out, 1);
  putBytes(out, guid.subarray(0, 4));
  const known = chunk.templateAt.get(template.key);
  if (known !== undefined) {
    putU32(out, known);
    return;
  }
  const at = out.at + 4;
  putU32(out, at);
  chunk.templateAt.set(template.key, at);
  linkInBucket(chunk, templateBucketAt(guid), at);
  putBytes(out, guid);
  const sizeAt = out.at;
  putU32(out, 0);
  putFragmentHeader(out);
  putElement(chunk, template.tree, true);
  putU8(out, TOKEN.end);
  setLength(out, sizeAt);
}

/**
 * Writes an element and what is in it. In templates an element names the value on which its presence depends;
 * bare elements lack that field altogether.
 */
export function putElement(chunk: Chunk, tree: Element | FilledElement, inTemplate: boolean): void {
  const { out } = chunk;
  putU8(out, tree.attributes.length > 0 ? TOKEN.openElementWithAttributes : TOKEN.openElement);
  if (inTemplate) putU16(out, dependency(tree));
  const sizeAt = out.at;
  putU32(out, 0);
  putName(chunk, tree.name);
  if (tree.attributes.length > 0) putAttributes(chunk, tree.attributes);
  if (tree.children.length === 0) putU8(out, TOKEN.closeEmpty);
  else {
    putU8(out, TOKEN.closeStart);
    for (const child of tree.children) {
      if (typeof child === 'string' || 'slot' in child) putPart(out, child);
      else putElement(chunk, child, inTemplate);
    }
    putU8(out, TOKEN.closeElement);
  }
  setLength(out, sizeAt);
}

function putAttributes(chunk: Chunk, attributes: Element['attributes']): void {
  const { out } = chunk;
  const sizeAt = out.at;
  putU32(out, 0);
  attributes.forEach(([name, part], index) => {
    putU8(out, index < attributes.length - 1 ? TOKEN.attributeMore : TOKEN.attribute);
    putName(chunk, name);
    putPart(out, part);
  });
  setLength(out, sizeAt);
}

function putPart(out: Cursor, part: Part): void {
  if (typeof part === 'string') {
    putU8(out, TOKEN.value);
    putU8(out, VALUE_TYPES.string.code);
    putU16(out, part.length);
    putText(out, part);
    return;
  }
  putU8(out, part.optional ? TOKEN.optionalSubstitution : TOKEN.substitution);
  putU16(out, part.slot);
  putU8(out, part.type === 'body' ? BINXML_TYPE : VALUE_TYPES[part.type].code);
}

function dependency(tree: Element | FilledElement): number {
  const [only] = tree.children;
  const depends =
    tree.children.length === 1 &&
    only !== undefined &&
    typeof only !== 'string' &&
    'slot' in only &&
    only.optional;
  return depends ? only.slot : NO_DEPENDENCY;
}

/** Fills in a length field that counts the bytes after itself. */
function setLength(out: Cursor, sizeAt: number): void {
  out.view.setUint32(sizeAt, out.at - sizeAt - 4, true);
}

/**
 * Writes the values of a template instance: count, descriptors (length and type), then the values.
 * `putBody` writes a nested fragment as one more value.
 */
export function putValues(
  out: Cursor,
  types: readonly ValueType[],
  values: readonly Value[],
  putBody: (() => void) | null = null,
): void {
  const count = types.length;
  putU32(out, count + (putBody === null ? 0 : 1));
  const descriptorsAt = out.at;
  out.at += 4 * (count + (putBody === null ? 0 : 1));
  for (let index = 0; index < count; index++) {
    const type = types[index]!;
    const value = values[index] ?? null;
    const start = out.at;
    putValue(out, type, value);
    setDescriptor(
      out,
      descriptorsAt + 4 * index,
      out.at - start,
      value === null ? 0 : VALUE_TYPES[type].code,
    );
  }
  if (putBody === null) return;
  const start = out.at;
  putBody();
  setDescriptor(out, descriptorsAt + 4 * count, out.at - start, BINXML_TYPE);
}

function setDescriptor(out: Cursor, at: number, length: number, code: number): void {
  out.view.setUint16(at, length, true);
  out.bytes[at + 2] = code;
  out.bytes[at + 3] = 0;
}

/** Bytes that `putValues` will need. */
export function valuesSize(types: readonly ValueType[], values: readonly Value[]): number {
  let size = 8;
  for (let index = 0; index < types.length; index++)
    size += 4 + valueSize(types[index]!, values[index] ?? null);
  return size;
}
