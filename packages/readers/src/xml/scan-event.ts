/** Finds the parts of one `<Event>` in a text without building a tree: where names and values stand, nothing more. */

/** Start and end in the text; -1 where the event has no such part. */
export interface Range {
  from: number;
  to: number;
}

/** Which part of the event an element belongs to; anything else (RenderingInfo, ProcessingErrorData) is ignored. */
const AREAS = ['System', 'EventData', 'UserData'] as const;
type Area = (typeof AREAS)[number] | null;

const SYSTEM_TEXTS = ['EventID', 'EventRecordID', 'Channel', 'Computer'] as const;
const SYSTEM_PARTS = [...SYSTEM_TEXTS, 'Provider', 'EventSourceName', 'SystemTime'] as const;
export type SystemPart = (typeof SYSTEM_PARTS)[number];

const DEPTH_MAX = 32;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const GREATER = 62;
const EQUALS = 61;
const COLON = 58;
const DOUBLE = 34;
const SINGLE = 39;

export interface ScannedEvent {
  readonly system: Readonly<Record<SystemPart, Range>>;
  /** Four numbers for each value: name from, name to, content from, content to; an unnamed value has name from -1. */
  readonly values: number[];
}

export type ScanEvent = (text: string, start: number, limit: number) => number;

/** What is wrong with an event, and where; thrown away at once, so no stack is wanted. */
export interface EventFault {
  readonly at: number;
  readonly message: string;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** True if the region says exactly `word`. */
function says(text: string, range: Range, word: string): boolean {
  return range.to - range.from === word.length && text.startsWith(word, range.from);
}

/** Skips `<!--…-->`, `<![CDATA[…]]>` or `<?…?>`; -1 if it does not end before `limit`. */
function skipMarkup(text: string, lt: number, limit: number): number {
  const closing = text.startsWith('<!--', lt) ? '-->' : text.startsWith('<![CDATA[', lt) ? ']]>' : '>';
  // Searched within the limit only: without it a file of unclosed comments would be searched to its end for each.
  const end = text.slice(lt, limit).indexOf(closing);
  return end < 0 ? -1 : lt + end + closing.length;
}

/** The `>` that closes the tag, looking past quoted attribute values; -1 if there is none before `limit`. */
function tagEnd(text: string, from: number, limit: number): number {
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === GREATER) return i;
    if (code === DOUBLE || code === SINGLE) {
      i = text.indexOf(code === DOUBLE ? '"' : "'", i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

/** Puts the value of attribute `name` within the tag into `into`. */
function findAttribute(text: string, tag: Range, name: string, into: Range): void {
  let at = tag.from;
  while (at < tag.to) {
    while (at < tag.to && isSpace(text.charCodeAt(at))) at++;
    const nameFrom = at;
    while (at < tag.to && text.charCodeAt(at) !== EQUALS && !isSpace(text.charCodeAt(at))) at++;
    const nameTo = at;
    while (at < tag.to && text.charCodeAt(at) !== DOUBLE && text.charCodeAt(at) !== SINGLE) at++;
    if (at >= tag.to) return;
    const valueTo = text.indexOf(text[at]!, at + 1);
    if (valueTo < 0 || valueTo > tag.to) return;
    if (nameTo - nameFrom === name.length && text.startsWith(name, nameFrom)) {
      into.from = at + 1;
      into.to = valueTo;
      return;
    }
    at = valueTo + 1;
  }
}

/**
 * A scanner and what it found last. `scan(text, start, limit)` begins at `<Event` and returns where the event
 * ends, or -1 if the text up to `limit` does not hold a whole, well-formed event; `fault` then says why.
 */
export function eventScanner(): { scan: ScanEvent; found: ScannedEvent; fault: () => EventFault } {
  const system = Object.fromEntries(SYSTEM_PARTS.map((part) => [part, { from: -1, to: -1 }])) as Record<
    SystemPart,
    Range
  >;
  const values: number[] = [];
  // The open elements: where their names stand, where their content starts, whether they hold elements.
  const nameFrom = new Int32Array(DEPTH_MAX);
  const nameTo = new Int32Array(DEPTH_MAX);
  const contentFrom = new Int32Array(DEPTH_MAX);
  const dataNameFrom = new Int32Array(DEPTH_MAX);
  const dataNameTo = new Int32Array(DEPTH_MAX);
  const hasChildren = new Uint8Array(DEPTH_MAX);
  const name: Range = { from: 0, to: 0 };
  const tag: Range = { from: 0, to: 0 };
  const attribute: Range = { from: 0, to: 0 };
  let fault: EventFault = { at: 0, message: '' };
  let area: Area = null;
  let depth = 0;

  function fail(at: number, message: string): -1 {
    fault = { at, message };
    return -1;
  }

  /** Reads a name up to a blank, `/`, `>` or `limit`, without its namespace prefix. */
  function readName(text: string, from: number, limit: number): void {
    name.from = from;
    let at = from;
    for (; at < limit; at++) {
      const code = text.charCodeAt(at);
      if (code === COLON) name.from = at + 1;
      else if (code === SLASH || code === GREATER || isSpace(code)) break;
    }
    name.to = at;
  }

  function readAttribute(text: string, attributeName: string, into: Range): boolean {
    attribute.from = -1;
    findAttribute(text, tag, attributeName, attribute);
    if (attribute.from < 0) return false;
    into.from = attribute.from;
    into.to = attribute.to;
    return true;
  }

  function openSystem(text: string): void {
    if (says(text, name, 'Provider')) {
      readAttribute(text, 'Name', system.Provider);
      readAttribute(text, 'EventSourceName', system.EventSourceName);
    } else if (says(text, name, 'TimeCreated')) {
      readAttribute(text, 'SystemTime', system.SystemTime);
    }
  }

  /** Notes an element that begins; its depth is that of its parent plus one. */
  function open(text: string): void {
    if (depth === 1) area = AREAS.find((known) => says(text, name, known)) ?? null;
    if (depth === 2 && area === 'System') openSystem(text);
    if (depth > 0) hasChildren[depth - 1] = 1;
    nameFrom[depth] = name.from;
    nameTo[depth] = name.to;
    contentFrom[depth] = tag.to + 1;
    hasChildren[depth] = 0;
    dataNameFrom[depth] = -1;
    if (area === 'EventData' && depth === 2) {
      if (says(text, name, 'Data') || says(text, name, 'ComplexData')) {
        attribute.from = -1;
        findAttribute(text, tag, 'Name', attribute);
        dataNameFrom[depth] = attribute.from;
        dataNameTo[depth] = attribute.to;
      } else {
        dataNameFrom[depth] = name.from;
        dataNameTo[depth] = name.to;
      }
    } else if (area === 'UserData') {
      dataNameFrom[depth] = name.from;
      dataNameTo[depth] = name.to;
    }
    depth += 1;
  }

  /** Notes an element that ends with its content at `to`. */
  function close(text: string, to: number): void {
    depth -= 1;
    name.from = nameFrom[depth]!;
    name.to = nameTo[depth]!;
    if (area === 'System' && depth === 2) {
      const part = SYSTEM_TEXTS.find((known) => says(text, name, known));
      if (part !== undefined) Object.assign(system[part], { from: contentFrom[depth]!, to });
    } else if ((area === 'EventData' && depth === 2) || (area === 'UserData' && depth > 1)) {
      if (area === 'EventData' || hasChildren[depth] === 0) {
        values.push(dataNameFrom[depth]!, dataNameTo[depth]!, contentFrom[depth]!, to);
      }
    }
  }

  /** True if the closing tag's name is that of the innermost open element. */
  function closesInnermost(text: string): boolean {
    const from = nameFrom[depth - 1]!;
    const length = nameTo[depth - 1]! - from;
    if (depth === 0 || name.to - name.from !== length) return false;
    for (let i = 0; i < length; i++) {
      if (text.charCodeAt(from + i) !== text.charCodeAt(name.from + i)) return false;
    }
    return true;
  }

  function scan(text: string, start: number, limit: number): number {
    for (const part of SYSTEM_PARTS) system[part].from = -1;
    values.length = 0;
    area = null;
    depth = 0;
    let at = start;
    for (;;) {
      const lt = text.indexOf('<', at);
      if (lt < 0 || lt >= limit) return fail(limit, 'the event does not end with </Event>');
      const code = text.charCodeAt(lt + 1);
      if (code === BANG || code === QUESTION) {
        at = skipMarkup(text, lt, limit);
        if (at < 0) return fail(lt, 'a comment or CDATA section does not end');
        continue;
      }
      readName(text, code === SLASH ? lt + 2 : lt + 1, limit);
      tag.from = name.to;
      tag.to = tagEnd(text, name.to, limit);
      if (tag.to < 0) return fail(lt, 'a tag does not end with >');
      at = tag.to + 1;
      if (code === SLASH) {
        if (!closesInnermost(text)) return fail(lt, 'a closing tag does not match the element it closes');
        close(text, lt);
        if (depth === 0) return at;
        continue;
      }
      if (depth === DEPTH_MAX) return fail(lt, `elements are nested deeper than ${DEPTH_MAX}`);
      const empty = text.charCodeAt(tag.to - 1) === SLASH && tag.to > name.to;
      if (empty) tag.to -= 1;
      open(text);
      if (empty) {
        contentFrom[depth - 1] = lt;
        close(text, lt);
        if (depth === 0) return at;
      }
    }
  }

  return { scan, found: { system, values }, fault: () => fault };
}
