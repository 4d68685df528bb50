/** Takes apart the XML that Event Viewer exports, just enough to compare every value of it. */

export interface XmlEvent {
  readonly eventId: number;
  readonly recordId: number;
  readonly provider: string;
  readonly channel: string;
  readonly computer: string;
  readonly timeText: string;
  readonly fields: readonly (readonly [name: string, text: string])[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (all, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    });
}

/** All events of an export, in its order. */
export function eventsOf(xml: string): XmlEvent[] {
  return [...xml.matchAll(/<Event\b[^>]*>(.*?)<\/Event>/gs)].map(([, event]) => eventOf(event as string));
}

function eventOf(event: string): XmlEvent {
  const end = event.indexOf('</System>');
  const system = event.slice(0, end);
  const one = (pattern: RegExp) => unescaped(pattern.exec(system)?.[1] ?? '');
  return {
    eventId: Number(one(/<EventID[^>]*>(\d+)</)),
    recordId: Number(one(/<EventRecordID>(\d+)</)),
    provider: one(/<Provider Name='([^']*)'/),
    channel: one(/<Channel>([^<]*)</),
    computer: one(/<Computer>([^<]*)</),
    timeText: one(/<TimeCreated SystemTime='([^']*)'/),
    fields: leavesOf(event.slice(end + '</System>'.length)),
  };
}

/** Elements without elements in them, with `Data/@Name` as the name; unnamed data are numbered. */
function leavesOf(body: string): (readonly [string, string])[] {
  const leaves: (readonly [string, string])[] = [];
  let unnamed = 0;
  for (const [, element, attributes, text] of body.matchAll(
    /<([\w:.-]+)((?:\s[^<>]*?)?)(?:\/>|>([^<]*)<\/\1>)/g,
  )) {
    const named = / Name='([^']*)'/.exec(attributes as string)?.[1];
    const name = element === 'Data' ? (named === undefined ? `#${unnamed++}` : unescaped(named)) : element;
    leaves.push([name as string, unescaped(text ?? '')]);
  }
  return leaves;
}
