/** A document without a template: forwarded and re-exported records hold everything as literals. */

import { LeafCollector, type SystemFact } from '../binxml/leaves.ts';
import { dependencyBytes, walkElements } from '../binxml/walk.ts';
import { TOKEN } from '../format.ts';
import { ABSENT, type FieldVisitor, type Frame, type FrameContext, ONLY_TEXT } from './frame.ts';

export class BareFrame implements Frame {
  readonly #context: FrameContext;
  readonly #leaves: LeafCollector;

  constructor(context: FrameContext) {
    this.#context = context;
    this.#leaves = new LeafCollector(context.chunk, context.texts);
  }

  /** Takes the elements in `[at, end)`. Throws `Damage`. */
  load(at: number, end: number): void {
    const { chunk } = this.#context;
    const first = chunk.bytes[at] === TOKEN.fragment ? at + 4 : at;
    this.#leaves.reset();
    walkElements(chunk, { at, end, dependencyBytes: dependencyBytes(chunk, first, end) }, this.#leaves);
  }

  fact(fact: SystemFact): string | null {
    const leaves = this.#leaves;
    for (let i = 0; i < leaves.count; i++) if (leaves.facts[i] === fact) return leaves.leafText(i);
    return null;
  }

  text(name: string): string | null {
    const leaves = this.#leaves;
    for (let i = 0; i < leaves.count; i++)
      if (leaves.names[i] === name && leaves.facts[i] === null) return leaves.leafText(i);
    return null;
  }

  integer(name: string): number {
    return this.text(name) === null ? ABSENT : ONLY_TEXT;
  }

  visit(visitor: FieldVisitor): void {
    const leaves = this.#leaves;
    for (let i = 0; i < leaves.count; i++)
      if (leaves.facts[i] === null) visitor.field(leaves.names[i] as string, leaves.leafText(i));
  }
}
