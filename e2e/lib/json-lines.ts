/** Simulated records as the JSON lines of other people's tools; each writes values the way its documentation shows. */
import { fieldText, type SimRecord } from '@logonscope/simulator';

type Json = Record<string, unknown>;
type Values = readonly (readonly [name: string, value: string | number])[];

const iso = (instant: number): string => new Date(instant).toISOString();

/** The named values of a record that are there. */
function namedValues(record: SimRecord): Values {
  return record.layout.fields.flatMap(({ name, type }, index) => {
    const text = name === '' ? null : fieldText(record, name);
    if (text === null) return [];
    const value = record.values[index];
    return [[name, /^u?int/.test(type) && typeof value === 'number' ? value : text] as const];
  });
}

/** The strings that classic event sources write without names. */
function unnamedValues({ layout, values }: SimRecord): readonly string[] {
  const index = layout.fields.findIndex(({ type }) => type === 'strings');
  return index < 0 ? [] : (values[index] as readonly string[]);
}

const asText = (values: Values): Json =>
  Object.fromEntries(values.map(([name, value]) => [name, `${value}`]));

/** `evtx_dump -o jsonl`: the tree of the event XML, attributes under `#attributes`. */
export function evtxDumpLine(record: SimRecord): Json {
  const { layout, time, recordId, computer } = record;
  const values: Json = Object.fromEntries(namedValues(record));
  const unnamed = unnamedValues(record);
  const eventData = unnamed.length === 0 ? values : { Data: { '#text': unnamed }, ...values };
  return {
    Event: {
      '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
      System: {
        Provider: { '#attributes': { Name: layout.provider } },
        EventID:
          layout.qualifiers === null
            ? layout.id
            : { '#attributes': { Qualifiers: layout.qualifiers }, '#text': layout.id },
        TimeCreated: { '#attributes': { SystemTime: iso(time) } },
        EventRecordID: recordId,
        Channel: layout.channel,
        Computer: computer,
      },
      ...(layout.userData === null
        ? { EventData: eventData }
        : {
            UserData: {
              [layout.userData.element]: { '#attributes': { xmlns: layout.userData.namespace }, ...values },
            },
          }),
    },
  };
}

/** Winlogbeat's file output: everything is text, unnamed values are counted from `param1`. */
export function winlogbeatLine(record: SimRecord): Json {
  const { layout, time, recordId, computer } = record;
  const unnamed = Object.fromEntries(unnamedValues(record).map((text, index) => [`param${index + 1}`, text]));
  const data = { ...unnamed, ...asText(namedValues(record)) };
  return {
    '@timestamp': iso(time),
    event: { code: `${layout.id}`, kind: 'event', provider: layout.provider },
    winlog: {
      api: 'wineventlog',
      provider_name: layout.provider,
      channel: layout.channel,
      event_id: `${layout.id}`,
      record_id: recordId,
      computer_name: computer,
      ...(layout.userData === null
        ? { event_data: data }
        : { user_data: { ...data, xml_name: layout.userData.element } }),
    },
  };
}

/** NXLog's im_msvistalog with to_json(): values at the top level, those without a name only in the message. */
export function nxlogLine(record: SimRecord): Json {
  const { layout, time, recordId, computer } = record;
  return {
    ...asText(namedValues(record)),
    EventTime: iso(time).replace('Z', '+00:00'),
    Hostname: computer,
    EventID: layout.id,
    SourceName: layout.provider,
    Channel: layout.channel,
    RecordNumber: recordId,
    EventType: 'INFO',
  };
}

/** What is left of a record in NXLog's fields: no strings without a name. */
export const inNxlog = (record: SimRecord): SimRecord => ({
  ...record,
  values: record.values.map((value, index) => (record.layout.fields[index]!.type === 'strings' ? [] : value)),
});

/** One JSON object a line, as bytes. */
export function jsonLines(records: Iterable<SimRecord>, line: (record: SimRecord) => Json): Uint8Array {
  return new TextEncoder().encode(
    Array.from(records, (record) => `${JSON.stringify(line(record))}\n`).join(''),
  );
}
