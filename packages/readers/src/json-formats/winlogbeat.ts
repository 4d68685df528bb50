/** Winlogbeat's JSON, as its file output or Elasticsearch holds it: nested or dotted keys, with or without `_source`. */
import { parseIsoInstant } from '../iso-time.ts';
import { jsonReader } from '../json-reader.ts';
import {
  isObject,
  type JsonObject,
  type Lookup,
  numberOf,
  own,
  textOf,
  windowsEmitter,
} from '../windows-object.ts';

/** The document itself, out of its Elasticsearch wrapper. */
function documentOf(object: JsonObject): JsonObject {
  const source = own(object, '_source') ?? own(object, 'fields');
  return isObject(source) ? source : object;
}

/** The value at a path, whether its keys are nested or written with dots, in any mixture. */
function at(object: unknown, path: string): unknown {
  if (!isObject(object)) return undefined;
  const direct = own(object, path);
  if (direct !== undefined) return direct;
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const inner = own(object, path.slice(0, dot));
    const found = inner === undefined ? undefined : at(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const first = (document: JsonObject, ...paths: string[]): unknown => {
  for (const path of paths) {
    const value = at(document, path);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
};

const UNNAMED = /^#(\d{1,4})$/;

/** Winlogbeat numbers unnamed values from one as `param1`; names with dots in them never occur. */
function lookupIn(document: JsonObject): Lookup {
  return (name) => {
    const ordinal = UNNAMED.exec(name);
    const key = ordinal === null ? name : `param${Number(ordinal[1]) + 1}`;
    return textOf(
      first(
        document,
        `winlog.event_data.${key}`,
        `winlog.user_data.${key}`,
        `event_data.${key}`,
        `user_data.${key}`,
      ),
    );
  };
}

export const winlogbeatJson = jsonReader({
  id: 'winlogbeat-json',
  label: 'Winlogbeat (.json, .ndjson)',
  timesHaveZone: true,
  recognise(object) {
    const document = documentOf(object);
    if (at(document, 'winlog.event_id') !== undefined || at(document, 'winlog.channel') !== undefined)
      return 1;
    return 'event_id' in document && 'computer_name' in document && 'source_name' in document ? 0.9 : 0;
  },
  open({ file, sink, options }) {
    const { emit, finish } = windowsEmitter(file, sink, options);
    return {
      object(object, line) {
        const document = documentOf(object);
        const timeText = textOf(first(document, 'winlog.time_created', '@timestamp'));
        emit({
          time: timeText === null ? null : parseIsoInstant(timeText),
          timeText,
          provider: textOf(first(document, 'winlog.provider_name', 'source_name')),
          channel: textOf(first(document, 'winlog.channel', 'log_name')),
          eventId: numberOf(first(document, 'winlog.event_id', 'event.code', 'event_id')),
          recordId: numberOf(first(document, 'winlog.record_id', 'record_number')),
          computer: textOf(first(document, 'winlog.computer_name', 'computer_name', 'host.name')),
          lookup: lookupIn(document),
          line,
        });
      },
      end: finish,
    };
  },
});
