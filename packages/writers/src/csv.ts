/** CSV after RFC 4180, in UTF-8, in which no cell can become a formula when a spreadsheet opens it. */
import type { Cell } from '@logonscope/core';
import { textBatches } from './batches.ts';
import { dataCell, dataTitle, unitForms } from './units.ts';
import { visible } from './visible.ts';
import type { Table, Writer } from './writer.ts';

const LINE_END = '\r\n';

/**
 * What a spreadsheet takes for the start of a formula, in ASCII and full width, also after blanks and invisible
 * characters, which some of them skip. After OWASP's "CSV Injection".
 */
const FORMULA_START = /^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;
/**
 * The same behind a separator of another culture: a spreadsheet that splits at semicolons or tabs would start a
 * new cell there, whatever the quotes say.
 */
const FORMULA_AFTER_SEPARATOR = /([;\t\r\n])(?=[ "]*[=+\-@＝＋－＠])/g;
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;
/** A CSV also ends in terminals; line feeds and tabs are data, the other control characters are not. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Nearly every cell of a log: nothing in it that could need care. */
const HARMLESS = /^[\w.:\\/$][\w.:\\/$ -]*[\w.:\\/$-]$/;

/** One CSV field: formulas made inert by an apostrophe, then quoted where the format asks for it. */
export function csvField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (HARMLESS.test(cell)) return cell;
  const inert = inertText(cell).replace(CONTROL, visible);
  return NEEDS_QUOTES.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function inertText(text: string): string {
  const inside = text.replace(FORMULA_AFTER_SEPARATOR, "$1'");
  return FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${inside}` : inside;
}

async function write({ columns, rows }: Table, sink: Parameters<Writer['write']>[1]): Promise<void> {
  const out = textBatches(sink);
  const fields = Object.entries(columns).map(([key, column]) => ({ key, forms: unitForms(column) }));
  await out.add(
    Object.values(columns)
      .map((column) => csvField(dataTitle(column)))
      .join(',') + LINE_END,
  );
  for (const row of rows) {
    let line = '';
    for (const { key, forms } of fields) line += `,${csvField(dataCell(row[key], forms))}`;
    const wait = out.add(line.slice(1) + LINE_END);
    if (wait) await wait;
  }
  await out.end();
}

export const csvWriter: Writer = {
  id: 'csv',
  label: 'CSV',
  extension: '.csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  text: true,
  narrow: false,
  write,
};
