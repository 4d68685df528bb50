/** Turns escaped XML text back into the value that stood in the event. */

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const CODE_POINT_MAX = 0x10ffff;

function decodeEntity(whole: string, body: string): string {
  if (body[0] !== '#') return NAMED[body] ?? whole;
  const hex = body[1] === 'x' || body[1] === 'X';
  const code = Number.parseInt(body.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code <= CODE_POINT_MAX ? String.fromCodePoint(code) : whole;
}

const ENTITY = /&(#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-z]{1,5});/g;

function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
}

const MARKED = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g;

/** The value of an element's content: entities decoded, CDATA kept as it stands, comments left out. */
export function decodeContent(content: string): string {
  if (!content.includes('<')) return decodeEntities(content);
  let value = '';
  let from = 0;
  for (const match of content.matchAll(MARKED)) {
    value += decodeEntities(content.slice(from, match.index)) + (match[1] ?? '');
    from = match.index + match[0].length;
  }
  return value + decodeEntities(content.slice(from));
}
