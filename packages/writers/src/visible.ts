/** Makes what a terminal or reader would obey instead of show visible: names from logs are hostile. */

/**
 * Control characters (C0, DEL, C1), line separators and marks that turn the reading direction. Joiners
 * (U+200C, U+200D) stay, since names in Persian or Hindi need them.
 */
const OBEYED =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const OBEYED_ALL = new RegExp(OBEYED.source, 'g');
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

/**
 * The same text with each obeyed character shown instead: `␛[31m` for an escape sequence, `\u202e` for a mark
 * that has no picture, U+FFFD for half a surrogate pair. The result holds nothing a terminal acts upon.
 */
export function visible(text: string): string {
  const shown = OBEYED.test(text) ? text.replace(OBEYED_ALL, picture) : text;
  return wellFormed(shown);
}

/** `text` with U+FFFD for each half of a surrogate pair, which UTF-8 cannot hold. */
export function wellFormed(text: string): string {
  return LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATE_ALL, '\ufffd') : text;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATE_ALL = /\p{Surrogate}/gu;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === DELETE) return '␡';
  return escaped(character);
}

/** JSON text in which obeyed characters stand as `\uXXXX`: the same value to a program, harmless in a terminal. */
export function jsonForTerminals(json: string): string {
  return JSON_OBEYED.test(json) ? json.replace(JSON_OBEYED_ALL, escaped) : json;
}

/** Without C0: JSON has escaped those already, and what is left of them is the writer's own line feed. */
const JSON_OBEYED = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const JSON_OBEYED_ALL = new RegExp(JSON_OBEYED.source, 'g');

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
