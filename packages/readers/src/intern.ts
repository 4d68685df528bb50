/** Keeps one flat copy of a repeated name, since a slice of a block would keep the whole block in memory. */
import { INTERNED_CHARS_MAX, INTERNED_MAX } from './text-limits.ts';

export type Intern = (text: string) => string;

/** A copy that shares no memory with the text it was cut from. */
export function flat(text: string): string {
  // Engines copy short slices; longer ones point into their parent until they are joined and cut anew.
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** A function that returns the same flat string for equal texts. Starts afresh when it has seen too many. */
export function interner(): Intern {
  let known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const copy = flat(text);
    if (text.length > INTERNED_CHARS_MAX) return copy;
    if (known.size >= INTERNED_MAX) known = new Map();
    known.set(copy, copy);
    return copy;
  };
}
