/** Texts from logs, made fit for every database: no NUL, no half characters, no longer than the column. */

const UNFIT = /[\p{Cs}\0]/u;
const EACH_UNFIT = /[\p{Cs}\0]/gu;

/** PostgreSQL refuses NUL and half a surrogate pair; both become U+FFFD. */
export function storable(text: string): string {
  return UNFIT.test(text) ? text.replace(EACH_UNFIT, '\uFFFD') : text;
}

/** At most `length` UTF-16 units, without cutting a character in half. */
export function clipped(text: string, length: number): string {
  return storable(text.length <= length ? text : text.slice(0, length));
}

/** A name that is a key: databases differ on whether trailing blanks count, so there are none. */
export function keyName(text: string, length: number): string {
  return clipped(text.trimEnd(), length).trimEnd();
}
