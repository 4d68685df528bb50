/** Line numbers of positions in a text that arrives in blocks, counted once from front to back. */

export interface LineCounter {
  /** Begins with a text whose first character stands where the last `at` pointed. */
  begin(text: string): void;
  /** The 1-based line of a position; positions must not go back within a text. */
  at(position: number): number;
}

export function lineCounter(): LineCounter {
  let text = '';
  let next = -1;
  let line = 1;
  return {
    begin(newText) {
      text = newText;
      next = text.indexOf('\n');
    },
    at(position) {
      while (next >= 0 && next < position) {
        line += 1;
        next = text.indexOf('\n', next + 1);
      }
      return line;
    },
  };
}
