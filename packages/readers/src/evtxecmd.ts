/** What EvtxECmd writes about an event, in its CSV and its JSON alike: the same columns, the payload as JSON text. */
import { parseIsoInstant } from './iso-time.ts';
import {
  eventLookup,
  isObject,
  type JsonObject,
  type Lookup,
  own,
  textOf,
  type WindowsFacts,
} from './windows-object.ts';
import { wholeNumber } from './xml/event-record.ts';

export type EvtxECmdCell = (column: string) => string | null;

function parsePayload(text: string | null): JsonObject {
  if (text === null || text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** `{"Data":[{"@Name":"x","#text":"1"}]}` as `{x: "1"}`; values without a name stay in `Data`. */
function namedData(eventData: unknown): JsonObject {
  if (!isObject(eventData)) return { Data: eventData };
  const data = own(eventData, 'Data');
  const items = Array.isArray(data) ? data : [data];
  const named: Record<string, unknown> = {};
  const unnamed: unknown[] = [];
  for (const item of items) {
    const name = isObject(item) ? textOf(own(item, '@Name')) : null;
    if (name !== null && isObject(item)) named[name] = textOf(item) ?? '';
    else if (item !== undefined) unnamed.push(textOf(item));
  }
  const binary = textOf(own(eventData, 'Binary'))?.replaceAll('-', '').toUpperCase();
  return { ...named, Data: unnamed, ...(binary === undefined ? {} : { Binary: binary }) };
}

/** The payload is parsed at the first question only: most events are never asked. */
function payloadLookup(text: string | null): Lookup {
  let lookup: Lookup | null = null;
  return (name) => {
    if (lookup === null) {
      const payload = parsePayload(text);
      lookup = eventLookup(namedData(own(payload, 'EventData')), own(payload, 'UserData'));
    }
    return lookup(name);
  };
}

/** The facts of a row; times without zone are UTC, as the tool writes them. */
export function evtxECmdFacts(cell: EvtxECmdCell, line: number): WindowsFacts {
  const timeText = cell('TimeCreated');
  return {
    time: timeText === null ? null : parseIsoInstant(timeText),
    timeText,
    provider: cell('Provider'),
    channel: cell('Channel'),
    eventId: wholeNumber(cell('EventId')),
    recordId: wholeNumber(cell('EventRecordId')),
    computer: cell('Computer'),
    lookup: payloadLookup(cell('Payload')),
    line,
  };
}
