/** Rows of a CSV file: separators, doubled quotes, line ends and damage. Layouts give the cells their meaning. */
import { ROW_CHARS_MAX, ROW_LINES_MAX } from './text-limits.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;
const SEPARATORS = [',', ';', '\t'] as const;

/** Receives a row; `cells` is reused, so keep a copy. */
export type OnRow = (cells: readonly string[], line: number, chars: number) => void;
/** Receives a row that cannot be read: where it starts, the 1-based column and what is wrong. */
export type OnBadRow = (line: number, column: number, message: string) => void;

/** The separator of a header: the one that splits it into most cells, outside quotes. */
export function detectSeparator(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((separator) => bare.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

/** The cells of the first row of a text that is not blank; an empty list if there is none. */
export function headerCells(text: string): string[] {
  let header: string[] = [];
  const rows = csvRows((cells) => {
    if (header.length === 0) header = cells.map((cell) => cell.trim());
  });
  const first = /[^\r\n]+/.exec(text.slice(0, ROW_CHARS_MAX))?.[0] ?? '';
  rows.take(`${first}\n`, true);
  return header;
}

/**
 * A row splitter that is fed blocks. `take` returns how many characters it is done with; the caller hands the rest
 * in again, followed by the next block. The first row decides separator and number of cells and goes to `onRow` too.
 */
export function csvRows(onRow: OnRow, onBadRow: OnBadRow = () => {}) {
  let separator = '';
  let separatorCode = 0;
  let width = -1;
  let line = 1;
  const cells: string[] = [];
  let fault = '';
  let hasLineInQuotes = false;

  /** End of the row that starts at `start` (after its line end); -1 if the text ends within it, -2 if it is bad. */
  function parseRow(text: string, start: number, last: boolean): number {
    cells.length = 0;
    hasLineInQuotes = false;
    let at = start;
    for (;;) {
      at = text.charCodeAt(at) === QUOTE ? quotedCell(text, start, at) : plainCell(text, at);
      if (at < 0) return at === -1 && last ? unclosed() : at;
      if (at >= text.length) return last ? at : -1;
      const code = text.charCodeAt(at);
      if (code === separatorCode) {
        at += 1;
        if (at >= text.length) {
          if (!last) return -1;
          cells.push('');
          return at;
        }
        continue;
      }
      if (code === LF) return at + 1;
      if (at + 1 >= text.length && !last) return -1;
      return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
    }
  }

  function unclosed(): -2 {
    fault = 'a quoted cell is not closed';
    return -2;
  }

  function plainCell(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === separatorCode || code === LF || code === CR) break;
    }
    cells.push(text.slice(from, at));
    return at;
  }

  function quotedCell(text: string, rowStart: number, from: number): number {
    let doubled = false;
    let end = text.indexOf('"', from + 1);
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) {
      doubled = true;
      end = text.indexOf('"', end + 2);
      if (end > from + ROW_CHARS_MAX) break;
    }
    const value = text.slice(from + 1, end < 0 ? text.length : end);
    if (value.includes('\n') || value.includes('\r')) {
      hasLineInQuotes = true;
      if (countLines(value, ROW_LINES_MAX) > ROW_LINES_MAX) return unclosed();
    }
    if (end < 0) return text.length - rowStart > ROW_CHARS_MAX ? unclosed() : -1;
    const after = text.charCodeAt(end + 1);
    if (after !== separatorCode && after !== LF && after !== CR && !Number.isNaN(after)) {
      fault = 'text follows the closing quote of a cell';
      return -2;
    }
    cells.push(doubled ? value.replaceAll('""', '"') : value);
    return end + 1;
  }

  /** Rows may lack or repeat trailing empty cells, as spreadsheets save them. */
  function fits(): boolean {
    if (cells.length === width) return true;
    while (cells.length > width && cells[cells.length - 1] === '') cells.pop();
    if (cells.length === width) return true;
    fault = `the row has ${cells.length} cells, the header ${width}`;
    return false;
  }

  /** The next line after `start`; -1 if the text ends before. */
  function nextLine(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF) return at + 1;
      if (code === CR) return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
    }
    return -1;
  }

  function bad(text: string, start: number): number {
    const column = Math.min(cells.length + 1, Math.max(width, 1));
    onBadRow(line, column, fault);
    line += 1;
    const next = nextLine(text, start);
    return next < 0 ? text.length : next;
  }

  function begin(text: string): boolean {
    const header = /^[^\r\n]*[\r\n]?/.exec(text)?.[0] ?? text;
    separator = detectSeparator(header);
    separatorCode = separator.charCodeAt(0);
    return true;
  }

  function take(text: string, last: boolean): number {
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === LF || code === CR) {
        if (code === CR && at + 1 >= text.length && !last) return at;
        at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
        line += 1;
        continue;
      }
      if (width < 0 && !last && nextLine(text, at) < 0 && text.length < ROW_CHARS_MAX) return at;
      if (separator === '') begin(text.slice(at, at + ROW_CHARS_MAX));
      const end = parseRow(text, at, last);
      if (end === -1 && text.length - at <= ROW_CHARS_MAX) return at;
      if (end === -1) fault = `the row is longer than ${ROW_CHARS_MAX} characters`;
      if (width < 0 && end >= 0) width = cells.length;
      if (end < 0 || !fits()) {
        at = bad(text, at);
        continue;
      }
      onRow(cells, line, end - at);
      line += hasLineInQuotes ? Math.max(1, countLines(text.slice(at, end))) : 1;
      at = end;
    }
    return text.length;
  }

  return { take };
}

/** Stops once there are more than `most`: an unclosed quote reaches to the end of the text, in every row again. */
function countLines(text: string, most = Number.POSITIVE_INFINITY): number {
  let lines = 0;
  for (let i = 0; i < text.length && lines <= most; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) lines += 1;
  }
  return lines;
}
