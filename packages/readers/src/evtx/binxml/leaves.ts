/** Collects the leaves of a BinXML document, named as people know them: what a template or a bare record says. */
import type { ByteWindow } from '../../bytes.ts';
import { MAX_LEAVES } from '../../limits.ts';
import { Damage, TYPE } from '../format.ts';
import { NOTES, noteOf, type TextCache } from './text-cache.ts';
import type { ElementSink } from './walk.ts';

export type SystemFact = 'eventId' | 'recordId' | 'channel' | 'computer' | 'provider' | 'time';

/** The facts of `System` that we read, by element and attribute; no attribute is the element's text. */
const SYSTEM_FACTS: ReadonlyMap<string, { readonly attribute: string | null; readonly fact: SystemFact }> =
  new Map([
    ['EventID', { attribute: null, fact: 'eventId' }],
    ['EventRecordID', { attribute: null, fact: 'recordId' }],
    ['Channel', { attribute: null, fact: 'channel' }],
    ['Computer', { attribute: null, fact: 'computer' }],
    ['Provider', { attribute: 'Name', fact: 'provider' }],
    ['TimeCreated', { attribute: 'SystemTime', fact: 'time' }],
  ]);

/** A name for `Data` without a `Name`; readers of fields see `#0`, `#1` … */
export const UNNAMED = '#';

/** Kinds of parts that are no values in the chunk; those have their type, which is never negative. */
const SUBSTITUTION = -1;
const TEXT = -2;
const OPTIONAL_FLAG = 0x100;

/**
 * Turns the steps of a walk into leaves, in document order. A leaf is a fact of `System`, or the text of an element
 * outside it; a text has one or more parts. Lists instead of objects, as bare records pass through here too, and
 * `reset` makes a collector ready for the next one.
 */
export class LeafCollector implements ElementSink {
  /** Names of the `Data`, else of the elements; `UNNAMED`; of no meaning for facts. */
  readonly names: string[] = [];
  /** Which fact of `System` each leaf is; null for fields. */
  readonly facts: (SystemFact | null)[] = [];
  count = 0;
  readonly #window: ByteWindow;
  readonly #texts: TextCache;
  /** The parts of leaf i are those from `#partsFrom[i]` to before `#partsFrom[i + 1]`. */
  readonly #partsFrom: number[] = [0];
  readonly #kinds: number[] = [];
  /** Place of a value, number of a substitution, index of a text. */
  readonly #places: number[] = [];
  /** Length of a value in bytes; declared type of a substitution, with the flag if it is optional. */
  readonly #lengths: number[] = [];
  readonly #pieces: string[] = [];
  #partCount = 0;
  readonly #open: string[] = [];
  readonly #dataNames: (string | null)[] = [];
  /** Holds an element or text already, so it is no empty leaf. */
  readonly #filled: boolean[] = [];
  #depth = 0;
  #attribute: string | null = null;
  #inSystem = false;
  readonly #nameNotes = new Int32Array(NOTES);
  readonly #valueNotes = new Int32Array(NOTES);

  constructor(window: ByteWindow, texts: TextCache) {
    this.#window = window;
    this.#texts = texts;
  }

  reset(): void {
    this.count = 0;
    this.#partCount = 0;
    this.#pieces.length = 0;
    this.#depth = 0;
    this.#attribute = null;
    this.#inSystem = false;
  }

  open(name: string): void {
    this.content();
    const depth = this.#depth++;
    if (depth > 0) this.#filled[depth - 1] = true;
    this.#open[depth] = name;
    this.#dataNames[depth] = null;
    this.#filled[depth] = false;
    if (depth === 1) this.#inSystem = name === 'System' && this.#open[0] === 'Event';
  }

  attribute(name: string): void {
    this.#flush();
    this.#attribute = name;
  }

  content(): void {
    this.#flush();
    this.#attribute = null;
  }

  value(type: number, at: number, lengthBytes: number): void {
    this.#part(type, at, lengthBytes);
  }

  text(text: string): void {
    this.#part(TEXT, this.#pieces.push(text) - 1, 0);
  }

  substitution(index: number, type: number, optional: boolean): void {
    this.#part(SUBSTITUTION, index, optional ? type | OPTIONAL_FLAG : type);
  }

  close(): void {
    this.content();
    // An element without content is an empty text: `<Data Name='x'/>`.
    if (this.#depth > 0 && !this.#filled[this.#depth - 1]) this.#emit();
    this.#depth -= 1;
    if (this.#depth < 2) this.#inSystem = false;
  }

  #part(kind: number, place: number, length: number): void {
    const i = this.#partCount++;
    if (i >= MAX_LEAVES) throw new Damage('element.parts', i, `at most ${MAX_LEAVES}`);
    this.#kinds[i] = kind;
    this.#places[i] = place;
    this.#lengths[i] = length;
  }

  #flush(): void {
    if (this.#partCount === this.#partsFrom[this.count] || this.#depth === 0) return;
    if (this.#attribute === null) this.#filled[this.#depth - 1] = true;
    this.#emit();
  }

  /** Makes a leaf of the parts since the last one, or drops them if nobody asks for such a leaf. */
  #emit(): void {
    const leaf = this.count;
    if (leaf >= MAX_LEAVES) throw new Damage('elements', leaf, `at most ${MAX_LEAVES}`);
    const top = this.#depth - 1;
    const element = this.#open[top] as string;
    const attribute = this.#attribute;
    const from = this.#partsFrom[leaf] as number;
    if (this.#inSystem) {
      const known = SYSTEM_FACTS.get(element);
      if (known !== undefined && known.attribute === attribute) this.#add(element, known.fact);
    } else if (attribute === null) {
      this.#add(this.#dataNames[top] ?? (element === 'Data' ? UNNAMED : element), null);
    } else if (attribute === 'Name' && element === 'Data' && this.#isLiteral(from, this.#partCount)) {
      this.#dataNames[top] = this.#joined(from, this.#partCount, this.#nameNotes);
    }
    this.#partCount = this.#partsFrom[this.count] as number;
  }

  #add(name: string, fact: SystemFact | null): void {
    const leaf = this.count++;
    this.names[leaf] = name;
    this.facts[leaf] = fact;
    this.#partsFrom[leaf + 1] = this.#partCount;
  }

  /** The text of a leaf; substitutions in it read as empty. */
  leafText(leaf: number): string {
    return this.#joined(
      this.#partsFrom[leaf] as number,
      this.#partsFrom[leaf + 1] as number,
      this.#valueNotes,
    );
  }

  isLiteral(leaf: number): boolean {
    return this.#isLiteral(this.#partsFrom[leaf] as number, this.#partsFrom[leaf + 1] as number);
  }

  /** The one substitution that a leaf consists of; null if it is something else. */
  onlySubstitution(leaf: number): { slot: number; type: number; optional: boolean } | null {
    const from = this.#partsFrom[leaf] as number;
    if (this.#partsFrom[leaf + 1] !== from + 1 || this.#kinds[from] !== SUBSTITUTION) return null;
    const declared = this.#lengths[from] as number;
    const optional = (declared & OPTIONAL_FLAG) !== 0;
    return { slot: this.#places[from] as number, type: declared & ~OPTIONAL_FLAG, optional };
  }

  /** The parts of a leaf: literals as text, substitutions as their numbers. */
  parts(leaf: number): (string | number)[] {
    const parts: (string | number)[] = [];
    const end = this.#partsFrom[leaf + 1] as number;
    for (let i = this.#partsFrom[leaf] as number; i < end; i++)
      parts.push(
        this.#kinds[i] === SUBSTITUTION
          ? (this.#places[i] as number)
          : this.#joined(i, i + 1, this.#valueNotes),
      );
    return parts;
  }

  #isLiteral(from: number, end: number): boolean {
    for (let i = from; i < end; i++) if (this.#kinds[i] === SUBSTITUTION) return false;
    return true;
  }

  #joined(from: number, end: number, notes: Int32Array): string {
    let text = '';
    for (let i = from; i < end; i++) {
      const kind = this.#kinds[i] as number;
      const place = this.#places[i] as number;
      let piece = '';
      if (kind === TEXT) piece = this.#pieces[place] as string;
      else if (kind >= TYPE.none)
        piece = this.#texts.textInSlot(
          this.#window,
          place,
          this.#lengths[i] as number,
          kind,
          notes,
          noteOf(i),
        );
      if (end === from + 1) return piece;
      text += piece;
    }
    return text;
  }
}
