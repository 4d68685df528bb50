/** Cuts filter text into terms with their places; knows quotes, commas and signs, but no key. */
import { FILTER_OPERATORS, type FilterOperator, type FilterProblem } from './chip.ts';

export interface TermValue {
  readonly op: FilterOperator;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface Term {
  /** Null for a free word. */
  readonly key: string | null;
  readonly values: readonly TermValue[];
  readonly negated: boolean;
  readonly paused: boolean;
  readonly from: number;
  readonly to: number;
}

const KEY = /([a-z]+):/iy;
const BLANK = /\s/u;
/** Longest first, so that `>=` is not read as `>`. */
const SIGNS = FILTER_OPERATORS.filter((op) => op !== '=').sort((a, b) => b.length - a.length);

/** A value that may stand without quotes: no blank, comma or quote in it, and nothing that reads as a sign. */
export function isBareValue(text: string): boolean {
  return text !== '' && !/[\s,"]/u.test(text) && !SIGNS.some((sign) => text.startsWith(sign));
}

/** A free word that reads as nothing else without quotes. */
export function isBareWord(text: string): boolean {
  return text !== '' && !/[\s"]/u.test(text) && !/^[-~]/.test(text) && !/^[a-z]+:/i.test(text);
}

/** The terms of a text in order; an unclosed quote reaches to the end and adds a problem. */
export function readTerms(text: string, problems: FilterProblem[]): Term[] {
  const terms: Term[] = [];
  for (let at = afterBlanks(text, 0); at < text.length; at = afterBlanks(text, at)) {
    const term = readTerm(text, at, problems);
    terms.push(term);
    at = term.to;
  }
  return terms;
}

function readTerm(text: string, from: number, problems: FilterProblem[]): Term {
  let at = from;
  const paused = text[at] === '~';
  if (paused) at += 1;
  const negated = text[at] === '-';
  if (negated) at += 1;
  KEY.lastIndex = at;
  const key = KEY.exec(text)?.[1] ?? null;
  const values: TermValue[] = [];
  if (key === null) values.push(readWord(text, at, problems));
  else {
    at += key.length + 1;
    values.push(readValue(text, at, problems));
    while (text[values.at(-1)!.to] === ',') values.push(readValue(text, values.at(-1)!.to + 1, problems));
  }
  return { key, values, negated, paused, from, to: values.at(-1)!.to };
}

function readWord(text: string, from: number, problems: FilterProblem[]): TermValue {
  if (text[from] === '"') return { op: '=', from, ...readQuoted(text, from, problems) };
  const to = bareEnd(text, from, false);
  return { op: '=', text: text.slice(from, to), from, to };
}

function readValue(text: string, from: number, problems: FilterProblem[]): TermValue {
  const op = SIGNS.find((sign) => text.startsWith(sign, from)) ?? '=';
  const at = op === '=' ? from : from + op.length;
  if (text[at] === '"') return { op, from, ...readQuoted(text, at, problems) };
  const to = bareEnd(text, at, true);
  return { op, text: text.slice(at, to), from, to };
}

function readQuoted(text: string, from: number, problems: FilterProblem[]): { text: string; to: number } {
  let read = '';
  let at = from + 1;
  for (; at < text.length; at++) {
    if (text[at] !== '"') read += text[at];
    else if (text[at + 1] === '"') {
      read += '"';
      at += 1;
    } else return { text: read, to: at + 1 };
  }
  problems.push({ from, to: text.length, message: 'A quote was opened here and is not closed.' });
  return { text: read, to: text.length };
}

/** The first blank, or the first comma where commas part values. */
function bareEnd(text: string, from: number, commas: boolean): number {
  let to = from;
  while (to < text.length && !BLANK.test(text[to]!) && !(commas && text[to] === ',')) to += 1;
  return to;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.test(text[at]!)) at += 1;
  return at;
}
