/** evtx_dump's JSON and JSONL: the tree of the event XML with attributes under `#attributes`. */
import { parseIsoInstant } from '../iso-time.ts';
import { jsonReader } from '../json-reader.ts';
import {
  eventLookup,
  isObject,
  type JsonObject,
  numberOf,
  own,
  textOf,
  windowsEmitter,
} from '../windows-object.ts';

function child(object: unknown, key: string): unknown {
  return isObject(object) ? own(object, key) : undefined;
}

/** Attributes stand inside the element, or beside it as `X_attributes` where the tool was asked to separate them. */
function attribute(parent: unknown, element: string, name: string): string | null {
  const inside = child(child(child(parent, element), '#attributes'), name);
  return textOf(inside ?? child(child(parent, `${element}_attributes`), name));
}

function systemOf(object: JsonObject): unknown {
  return child(own(object, 'Event'), 'System');
}

export const evtxDumpJson = jsonReader({
  id: 'evtx-dump-json',
  label: 'evtx_dump (.json, .jsonl)',
  timesHaveZone: true,
  recognise: (object) => (isObject(systemOf(object)) ? 1 : 0),
  open({ file, sink, options }) {
    const { emit, finish } = windowsEmitter(file, sink, options);
    return {
      object(object, line) {
        const event = own(object, 'Event');
        const system = systemOf(object);
        const timeText = attribute(system, 'TimeCreated', 'SystemTime');
        emit({
          time: timeText === null ? null : parseIsoInstant(timeText),
          timeText,
          provider: attribute(system, 'Provider', 'Name') ?? attribute(system, 'Provider', 'EventSourceName'),
          channel: textOf(child(system, 'Channel')),
          eventId: numberOf(child(system, 'EventID')),
          recordId: numberOf(child(system, 'EventRecordID')),
          computer: textOf(child(system, 'Computer')),
          lookup: eventLookup(child(event, 'EventData'), child(event, 'UserData')),
          line,
        });
      },
      end: finish,
    };
  },
});
