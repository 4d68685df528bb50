/** The record that the reader hands out: one object, moved from record to record, that reads a value when asked for it. */
import type { Problem, SourceLocation, WindowsRecord } from '@logonscope/core';
import { MAX_BODIES, MAX_BODY_DEPTH, MAX_CHARACTERS_PER_RECORD } from '../../limits.ts';
import { UNNAMED } from '../binxml/leaves.ts';
import type { FactPlace, Plan } from '../binxml/plan.ts';
import { filetimeMs, filetimeText, isoTimeMs } from '../binxml/values.ts';
import type { Found } from '../chunk.ts';
import { Damage, isDamage, RECORD_HEADER_BYTES, TOKEN, TYPE } from '../format.ts';
import { BareFrame } from './bare-frame.ts';
import { ABSENT, type Body, type FieldVisitor, type Frame, type FrameContext } from './frame.ts';
import { TemplateFrame } from './template-frame.ts';

/** Stands for "none" in fields that must stay plain numbers to be fast. */
const NONE = -1;

/** A name and its text, in the order of the document; unnamed data are `#0`, `#1` … */
export type NamedText = readonly [name: string, text: string];

export class EvtxRecord implements WindowsRecord {
  readonly kind = 'windows';
  provider: string | null = null;
  channel: string | null = null;
  computer: string | null = null;
  /** Milliseconds; NaN where `time` is null. */
  timeMs = Number.NaN;
  /** The plan of the outer document, null for a record without template. */
  plan: Plan | null = null;
  readonly #context: FrameContext;
  readonly #file: string;
  readonly #shared: SourceLocation;
  readonly #report: (problem: Problem) => void;
  readonly #outer: TemplateFrame;
  readonly #bareOuter: BareFrame;
  #bare: BareFrame | null = null;
  /** Frames of template bodies, kept for reuse; the first `#used` belong to this record. */
  readonly #pool: TemplateFrame[] = [];
  #used = 0;
  /** Nested documents taken so far, bare ones too. */
  #bodyCount = 0;
  /** The documents in which fields are looked up, inner ones first. */
  readonly #frames: Frame[] = [];
  #frameCount = 0;
  #opened = false;
  #at = 0;
  #found: Found = 'whole';
  #eventId = NONE;
  #recordId: number = NONE;

  constructor(context: FrameContext, file: string, report: (problem: Problem) => void) {
    this.#context = context;
    this.#file = file;
    this.#shared = { file, numbered: true };
    this.#report = report;
    this.#outer = new TemplateFrame(context);
    this.#bareOuter = new BareFrame(context);
  }

  get eventId(): number | null {
    return this.#eventId === NONE ? null : this.#eventId;
  }

  get recordId(): number | null {
    return this.#recordId === NONE ? null : this.#recordId;
  }

  get time(): number | null {
    return Number.isNaN(this.timeMs) ? null : this.timeMs;
  }

  get sharedSource(): SourceLocation | null {
    return this.#found === 'whole' && this.#recordId !== NONE ? this.#shared : null;
  }

  /** A new object at each call: whoever keeps an event keeps its place, while this record moves on. */
  get source(): SourceLocation {
    const place = {
      file: this.#file,
      record: this.#placeId(),
      offset: this.#context.chunk.offsetOf(this.#at),
    };
    return this.#found === 'whole' ? place : { ...place, recovered: this.#found };
  }

  /** Moves to the record in `[at, end)` and reads its facts, not yet its fields. Throws `Damage`. */
  load(at: number, end: number, found: Found): void {
    const { bytes } = this.#context.chunk;
    const start = at + RECORD_HEADER_BYTES;
    this.#at = at;
    this.#found = found;
    this.#opened = false;
    this.#eventId = NONE;
    this.#recordId = NONE;
    if (bytes[start] === TOKEN.fragment && bytes[start + 4] === TOKEN.template)
      this.#loadTemplate(start + 4, end);
    else this.#loadBare(start, end);
  }

  field(name: string): string | null {
    if (!this.#opened) this.#open();
    for (let i = 0; i < this.#frameCount; i++) {
      const text = this.#frames[i]!.text(name);
      if (text !== null) return text;
    }
    return name.startsWith(UNNAMED) ? this.#unnamed(name) : null;
  }

  integer(name: string): number | null {
    if (!this.#opened) this.#open();
    for (let i = 0; i < this.#frameCount; i++) {
      const number = this.#frames[i]!.integer(name);
      if (number !== ABSENT) return number < 0 ? null : number;
    }
    return null;
  }

  /** Every field in document order. Reports damage as a problem and gives what came before it. */
  allFields(): NamedText[] {
    const fields: NamedText[] = [];
    let unnamed = 0;
    let characters = 0;
    const add = (name: string, text: string) => {
      characters += text.length;
      if (characters > MAX_CHARACTERS_PER_RECORD)
        throw new Damage('fields', `${characters} characters`, `at most ${MAX_CHARACTERS_PER_RECORD}`);
      fields.push([name === UNNAMED ? `#${unnamed++}` : name, text]);
    };
    const visitor = (depth: number): FieldVisitor => ({
      field: add,
      body: (body) => this.#frame(body, depth)?.visit(visitor(depth + 1)),
    });
    this.#used = 0;
    this.#bodyCount = 0;
    this.#opened = false;
    try {
      (this.#bare ?? this.#outer).visit(visitor(1));
    } catch (error) {
      this.#reportDamage(error);
    }
    return fields;
  }

  /** The time with all the decimals that the record has, as ISO 8601 text; null where it has no time. */
  get timeText(): string | null {
    if (Number.isNaN(this.timeMs)) return null;
    const { plan } = this;
    if (plan === null) return this.#bare?.fact('time') ?? null;
    const slot = plan.time.slot;
    if (!this.#outer.holds(slot, TYPE.filetime, 8)) return this.#textAt(plan.time);
    return filetimeText(this.#context.chunk.view, this.#outer.starts[slot]!);
  }

  /** The number to cite: EventRecordID, or the header's where damage took that. */
  #placeId(): number {
    if (this.#recordId !== NONE) return this.#recordId;
    return uint64(this.#context.chunk.view, this.#at + 8);
  }

  #loadTemplate(at: number, end: number): void {
    const outer = this.#outer;
    const plan = outer.load(at, end);
    this.plan = plan;
    this.#bare = null;
    const { view } = this.#context.chunk;
    const { eventId, recordId, time } = plan;
    const starts = outer.starts;
    this.#eventId = outer.holds(eventId.slot, TYPE.uint16, 2)
      ? view.getUint16(starts[eventId.slot]!, true)
      : eventIdOf(this.#textAt(eventId));
    this.#recordId = outer.holds(recordId.slot, TYPE.uint64, 8)
      ? uint64(view, starts[recordId.slot]!)
      : recordIdOf(this.#textAt(recordId));
    this.timeMs = outer.holds(time.slot, TYPE.filetime, 8)
      ? filetimeMs(view.getUint32(starts[time.slot]!, true), view.getUint32(starts[time.slot]! + 4, true))
      : isoTimeMs(this.#textAt(time));
    this.provider = this.#textAt(plan.provider);
    this.channel = this.#textAt(plan.channel);
    this.computer = this.#textAt(plan.computer);
  }

  #textAt(place: FactPlace): string | null {
    return place.slot < 0 ? place.literal : this.#outer.slotText(place.slot);
  }

  #loadBare(at: number, end: number): void {
    const bare = this.#bareOuter;
    bare.load(at, end);
    this.plan = null;
    this.#bare = bare;
    this.#eventId = eventIdOf(bare.fact('eventId'));
    this.#recordId = recordIdOf(bare.fact('recordId'));
    this.timeMs = isoTimeMs(bare.fact('time'));
    this.provider = bare.fact('provider');
    this.channel = bare.fact('channel');
    this.computer = bare.fact('computer');
  }

  /** Finds the nested documents. Damage there costs the fields, not the record's facts. */
  #open(): void {
    this.#opened = true;
    this.#frameCount = 0;
    this.#used = 0;
    this.#bodyCount = 0;
    if (this.#bare !== null) {
      this.#addFrame(this.#bare);
      return;
    }
    try {
      this.#openBodies(this.#outer, 1);
    } catch (error) {
      this.#reportDamage(error);
    }
    this.#addFrame(this.#outer);
  }

  #addFrame(frame: Frame): void {
    this.#frames[this.#frameCount++] = frame;
  }

  #openBodies(frame: TemplateFrame, depth: number): void {
    const { bodySlots } = frame;
    for (let i = 0; i < bodySlots.length; i++) {
      const body = frame.body(bodySlots[i]!);
      const inner = body === null ? null : this.#frame(body, depth);
      if (inner === null) continue;
      this.#addFrame(inner);
      if (inner instanceof TemplateFrame && inner.bodySlots.length > 0) this.#openBodies(inner, depth + 1);
    }
  }

  /** The frame of a nested document; null if it is empty. */
  #frame({ at, end }: Body, depth: number): Frame | null {
    if (depth > MAX_BODY_DEPTH) throw new Damage('body.depth', depth, `at most ${MAX_BODY_DEPTH}`);
    if (++this.#bodyCount > MAX_BODIES) throw new Damage('bodies', this.#bodyCount, `at most ${MAX_BODIES}`);
    const { bytes } = this.#context.chunk;
    const start = bytes[at] === TOKEN.fragment ? at + 4 : at;
    if (start >= end) return null;
    if (bytes[start] !== TOKEN.template) {
      const bare = new BareFrame(this.#context);
      bare.load(at, end);
      return bare;
    }
    const frame = this.#pool[this.#used] ?? new TemplateFrame(this.#context);
    this.#pool[this.#used] = frame;
    this.#used += 1;
    frame.load(start, end);
    return frame;
  }

  #unnamed(name: string): string | null {
    return this.allFields().find(([known]) => known === name)?.[1] ?? null;
  }

  #reportDamage(error: unknown): void {
    if (!isDamage(error)) throw error;
    const field = error instanceof Damage ? error.field : null;
    this.#report({ code: 'evtx/damaged-body', at: this.source, field, message: error.message });
  }
}

/** An event ID that is written as text; some writers add the qualifiers in the upper half. */
function eventIdOf(text: string | null): number {
  if (text === null || !/^\s*\d{1,10}\s*$/.test(text)) return NONE;
  return Number(text) & 0xffff;
}

function recordIdOf(text: string | null): number {
  return text !== null && /^\s*\d{1,20}\s*$/.test(text) ? Number(text) : NONE;
}

/** An unsigned 64-bit number; record numbers stay far below 2^53. */
function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
