/** A document made of a template and values: the plan, and where each value lies. Reused from record to record. */
import { MAX_SUBSTITUTIONS } from '../../limits.ts';
import type { Plan, PlanLeaf } from '../binxml/plan.ts';
import { noteOf } from '../binxml/text-cache.ts';
import { valueTexts } from '../binxml/values.ts';
import { ARRAY_FLAG, Damage, TEMPLATE_HEADER_BYTES, TYPE } from '../format.ts';
import { ABSENT, type Body, type FieldVisitor, type Frame, type FrameContext, ONLY_TEXT } from './frame.ts';

/** Version (1 byte), template ID (4) and the definition's offset (4) follow the token; then definition or count. */
const INSTANCE_BYTES = 10;

/** Size and type of a value as its descriptor holds them. */
const UINT32 = 4 | (TYPE.uint32 << 16);
const HEX32 = 4 | (TYPE.hex32 << 16);
const UINT64 = 8 | (TYPE.uint64 << 16);
const HEX64 = 8 | (TYPE.hex64 << 16);

export class TemplateFrame implements Frame {
  readonly #context: FrameContext;
  /** Where the value of each substitution begins in the window. */
  readonly starts = new Int32Array(MAX_SUBSTITUTIONS);
  #plan: Plan | null = null;
  #count = 0;
  /** Where sizes and types of the values lie, four bytes each. */
  #descriptors = 0;

  constructor(context: FrameContext) {
    this.#context = context;
  }

  get bodySlots(): readonly number[] {
    return this.#plan === null ? [] : this.#plan.bodySlots;
  }

  /** Takes the template instance whose token is at `at`, which ends before `end`. Throws `Damage`. */
  load(at: number, end: number): Plan {
    const { chunk, plans } = this.#context;
    const { view } = chunk;
    if (at + INSTANCE_BYTES + 4 > end) throw new Damage('template', `${end - at} bytes`, 'at least 14 bytes');
    const offset = view.getUint32(at + 6, true);
    const plan = plans.plan(chunk, offset, view.getInt32(at + 2, true));
    let counts = at + INSTANCE_BYTES;
    // The definition stands right here at its first use in the chunk.
    if (chunk.base + offset === counts) counts += TEMPLATE_HEADER_BYTES + view.getUint32(counts + 20, true);
    if (counts + 4 > end) throw new Damage('substitutions', `${end - counts} bytes`, 'a count of 4 bytes');
    this.#loadValues(view, counts, end);
    this.#plan = plan;
    return plan;
  }

  #loadValues(view: DataView, at: number, end: number): void {
    const count = view.getUint32(at, true);
    const descriptors = at + 4;
    if (count > MAX_SUBSTITUTIONS || descriptors + 4 * count > end)
      throw new Damage('substitutions.count', count, `at most ${MAX_SUBSTITUTIONS} within the record`);
    const { starts } = this;
    let value = descriptors + 4 * count;
    for (let i = 0, descriptor = descriptors; i < count; i++, descriptor += 4) {
      starts[i] = value;
      value += view.getUint16(descriptor, true);
    }
    if (value > end)
      throw new Damage(
        'substitutions',
        `values of ${value - descriptors} bytes`,
        `at most ${end - descriptors}`,
      );
    this.#count = count;
    this.#descriptors = descriptors;
  }

  /** True if the slot holds a value of exactly this type and size. */
  holds(slot: number, type: number, sizeBytes: number): boolean {
    if (slot < 0 || slot >= this.#count) return false;
    const descriptor = this.#context.chunk.view.getInt32(this.#descriptors + 4 * slot, true);
    return (descriptor & 0xffffff) === (sizeBytes | (type << 16));
  }

  /** The text of one value; empty where the record has none. */
  slotText(slot: number): string {
    if (slot >= this.#count) return '';
    const { chunk, texts } = this.#context;
    const descriptor = chunk.view.getInt32(this.#descriptors + 4 * slot, true);
    const type = (descriptor >>> 16) & 0xff;
    return texts.textInSlot(
      chunk,
      this.starts[slot]!,
      descriptor & 0xffff,
      type,
      this.#plan!.last,
      noteOf(slot),
    );
  }

  text(name: string): string | null {
    const plan = this.#plan!;
    const slot = plan.slots.get(name);
    if (slot === undefined) return null;
    if (slot < 0) return this.#leafText(plan.leaves[~slot]!);
    const text = this.slotText(slot);
    return text === '' && plan.optionalSlots.has(slot) && this.#isNone(slot) ? null : text;
  }

  integer(name: string): number {
    const slot = this.#plan!.slots.get(name);
    if (slot === undefined) return ABSENT;
    if (slot < 0 || slot >= this.#count) return ONLY_TEXT;
    const { view } = this.#context.chunk;
    const descriptor = view.getInt32(this.#descriptors + 4 * slot, true) & 0xffffff;
    const at = this.starts[slot]!;
    if (descriptor === UINT32 || descriptor === HEX32) return view.getUint32(at, true);
    if (descriptor !== HEX64 && descriptor !== UINT64) return ONLY_TEXT;
    const high = view.getUint32(at + 4, true);
    if (high === 0) return view.getUint32(at, true);
    return high > 0xffff ? ONLY_TEXT : high * 2 ** 32 + view.getUint32(at, true);
  }

  #isNone(slot: number): boolean {
    return slot >= this.#count || this.holds(slot, TYPE.none, 0);
  }

  visit(visitor: FieldVisitor): void {
    for (const leaf of this.#plan!.leaves) {
      const [slot] = leaf.parts;
      const single = leaf.parts.length === 1 && typeof slot === 'number' && slot < this.#count ? slot : -1;
      const body = single < 0 ? null : this.body(single);
      if (leaf.optional && (single < 0 || this.#isNone(single))) continue;
      if (body !== null) visitor.body(body);
      else if (single < 0) visitor.field(leaf.name, this.#leafText(leaf));
      else for (const text of this.#texts(single)) visitor.field(leaf.name, text);
    }
  }

  /** The nested document in a slot, null if there is none. */
  body(slot: number): Body | null {
    if (slot >= this.#count) return null;
    const descriptor = this.#context.chunk.view.getInt32(this.#descriptors + 4 * slot, true);
    const size = descriptor & 0xffff;
    if (((descriptor >>> 16) & 0xff) !== TYPE.binXml || size === 0) return null;
    const at = this.starts[slot]!;
    return { at, end: at + size };
  }

  #texts(slot: number): string[] {
    const { chunk } = this.#context;
    const descriptor = chunk.view.getInt32(this.#descriptors + 4 * slot, true);
    const type = (descriptor >>> 16) & 0xff;
    if ((type & ARRAY_FLAG) === 0) return [this.slotText(slot)];
    return valueTexts(chunk, this.starts[slot]!, descriptor & 0xffff, type);
  }

  #leafText(leaf: PlanLeaf): string {
    return leaf.parts.map((part) => (typeof part === 'string' ? part : this.slotText(part))).join('');
  }
}
