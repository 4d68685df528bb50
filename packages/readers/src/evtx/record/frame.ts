/** What a document within a record offers: its fields by name or in order, however it holds them. */

import type { PlanCache } from '../binxml/plan-cache.ts';
import type { TextCache } from '../binxml/text-cache.ts';
import type { Chunk } from '../chunk.ts';

/** What reading documents needs; one per file. */
export interface FrameContext {
  readonly chunk: Chunk;
  readonly plans: PlanCache;
  readonly texts: TextCache;
}

/** The place of a nested document in the window. */
export interface Body {
  readonly at: number;
  readonly end: number;
}

/** Receives the fields of a document in order; `body` stands where a nested document does. */
export interface FieldVisitor {
  /** Unnamed data come as `#`. */
  field(name: string, text: string): void;
  body(body: Body): void;
}

/** What `Frame.integer` answers for a name that the document lacks; numbers are never negative. */
export const ABSENT = -1;
/** The document has the name, with a value that is no small whole number; its text tells. */
export const ONLY_TEXT = -2;

export interface Frame {
  /** The text of the first field of that name, null if the document has none. */
  text(name: string): string | null;
  /** The same field as a whole number below 2^48, or `ABSENT` or `ONLY_TEXT`. */
  integer(name: string): number;
  visit(visitor: FieldVisitor): void;
}
