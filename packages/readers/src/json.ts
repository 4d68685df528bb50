/** Objects of a JSON file one by one: an array, one per line, or one after another; damage costs the object it is in. */
import { lineCounter } from './lines.ts';
import { OBJECT_CHARS_MAX, OBJECT_DEPTH_MAX } from './text-limits.ts';
import { isObject, type JsonObject } from './windows-object.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LF = 10;

/** Members that hold the list of results where a tool wraps it in one object (Splunk's API, Elasticsearch). */
const WRAPPED_LIST = /"(?:results|hits)"\s*:\s*\[/;
/** After damage the next object begins on a line of its own, or after the comma of a list. */
const FRESH_START = /\n\s*\{|,\s*\{/g;

export type OnObject = (object: JsonObject, line: number) => void;
export type OnBadObject = (line: number, message: string) => void;

/** Where the string that opens at `from` ends; -1 if the text ends first. */
function stringEnd(text: string, from: number, limit: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0 && end < limit; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

const UNFINISHED = -1;
const TOO_DEEP = -2;
/** Strings of valid JSON hold no line ends, so a quote is missing; said at once, not at the end of the file. */
const STRING_OVER_LINE = -3;

/** Where the object that opens at `from` ends (after its brace), or one of the reasons above why it does not. */
function objectEnd(text: string, from: number, limit: number): number {
  let depth = 0;
  let lineEnd = from - 1;
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at, limit);
      if (lineEnd < at) lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0) lineEnd = text.length;
      if (lineEnd < (end < 0 ? limit : end)) return STRING_OVER_LINE;
      if (end < 0) return UNFINISHED;
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > OBJECT_DEPTH_MAX) return TOO_DEEP;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (--depth === 0) return at + 1;
    }
  }
  return UNFINISHED;
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A splitter that is fed blocks; `take` returns how much it is done with, and the rest is handed in again. */
export function jsonObjects(onObject: OnObject, onBad: OnBadObject) {
  const lines = lineCounter();
  /** Null until the first object shows whether each stands on a line of its own. */
  let oneALine: boolean | null = null;
  let unwrapped = false;

  /** Skips `{"results":[` and its kin, once, at the beginning of the file. */
  function unwrap(text: string): number {
    unwrapped = true;
    const start = text.indexOf('{');
    const list = WRAPPED_LIST.exec(text.slice(0, OBJECT_CHARS_MAX));
    if (start < 0 || list === null) return 0;
    const lineEnd = text.indexOf('\n', start);
    const end = objectEnd(text, start, Math.min(text.length, start + OBJECT_CHARS_MAX));
    const within = end < 0 || list.index < end;
    const ownLine = lineEnd >= 0 && end >= 0 && end <= lineEnd && list.index > end;
    return within && !ownLine ? list.index + list[0].length : 0;
  }

  function fault(text: string, from: number, end: number, last: boolean): string {
    if (end === STRING_OVER_LINE) return 'a string of the object runs over the end of its line';
    if (end === TOO_DEEP) return `the object is nested deeper than ${OBJECT_DEPTH_MAX}`;
    if (end > 0) return 'the object is not valid JSON';
    return last && text.length - from <= OBJECT_CHARS_MAX
      ? 'the object does not end'
      : `the object is longer than ${OBJECT_CHARS_MAX} characters`;
  }

  /** Where to go on after damage in the object at `from`. */
  function freshStart(text: string, from: number): number {
    FRESH_START.lastIndex = from + 1;
    const match = FRESH_START.exec(text);
    return match === null ? text.length : match.index + match[0].length - 1;
  }

  function take(text: string, last: boolean): number {
    let at = unwrapped ? 0 : unwrap(text);
    lines.begin(text);
    for (;;) {
      const from = text.indexOf('{', at);
      const line = lines.at(from < 0 ? text.length : from);
      if (from < 0) return text.length;
      const lineEnd = oneALine ? text.indexOf('\n', from) : -1;
      const limit = Math.min(lineEnd < 0 ? text.length : lineEnd, from + OBJECT_CHARS_MAX);
      const end = objectEnd(text, from, limit);
      if (end === UNFINISHED && limit === text.length && !last) return from;
      const object = end > 0 ? parse(text.slice(from, end)) : null;
      if (object !== null && oneALine === null) {
        if (end >= text.length && !last) return from;
        oneALine = text.charCodeAt(end) === LF || /^\r?\n\s*\{/.test(text.slice(end, end + 20));
        if (text.slice(from, end).includes('\n')) oneALine = false;
      }
      if (object !== null) onObject(object, line);
      else onBad(line, fault(text, from, end, last));
      at = object !== null ? end : freshStart(text, from);
    }
  }

  return { take };
}
