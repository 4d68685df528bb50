/** Makes a reader of a JSON format: finds it by the keys of its objects, feeds it objects, reports bad ones. */
import { jsonObjects } from './json.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from './reader.ts';
import { headText, textBlocks } from './text-source.ts';
import type { JsonObject } from './windows-object.ts';

/** What a format knows while it reads one file. */
export interface JsonContext {
  readonly file: string;
  readonly sink: RecordSink;
  readonly options: ReadOptions;
}

export interface JsonTaker {
  object(object: JsonObject, line: number): void;
  end(): void;
}

export interface JsonFormat {
  readonly id: string;
  readonly label: string;
  readonly timesHaveZone: boolean;
  /** How sure it is that an object is its own, 0 to 1. */
  recognise(object: JsonObject): number;
  open(context: JsonContext): JsonTaker;
}

const heads = new WeakMap<Uint8Array, JsonObject[]>();
const OBJECTS_LOOKED_AT = 5;

/** The first objects of a file, for detection; remembered, since every format asks. */
function headObjects(head: Uint8Array): JsonObject[] {
  let objects = heads.get(head);
  if (objects === undefined) {
    const found: JsonObject[] = [];
    const text = headText(head);
    const first = /\S/.exec(text)?.[0];
    if (first === '{' || first === '[' || text.startsWith('Record ')) {
      jsonObjects(
        (object) => found.push(object),
        () => {},
      ).take(text, true);
    }
    objects = found.slice(0, OBJECTS_LOOKED_AT);
    heads.set(head, objects);
  }
  return objects;
}

async function readFormat(
  format: JsonFormat,
  ...[source, sink, options]: [ByteSource, RecordSink, ReadOptions]
) {
  const file = source.name;
  const taker = format.open({ file, sink, options });
  // What follows damage may be a part of the damaged object; only the damage itself is reported.
  let damaged = false;
  const objects = jsonObjects(
    (object, line) => {
      if (format.recognise(object) > 0) {
        damaged = false;
        taker.object(object, line);
      } else if (!damaged) {
        const message = `The object has not the keys of ${format.label}.`;
        sink.problem({ code: 'json/unknown-object', at: { file, line }, field: null, message });
      }
    },
    (line, message) => {
      if (damaged) return;
      damaged = true;
      const text = `${message[0]!.toUpperCase()}${message.slice(1)}; reading goes on at the next one.`;
      sink.problem({ code: 'json/bad-object', at: { file, line }, field: 'object', message: text });
    },
  );
  let rest = '';
  for await (const block of textBlocks(source, sink)) {
    const text = rest + block;
    rest = text.slice(objects.take(text, false));
  }
  objects.take(rest, true);
  taker.end();
}

/** A reader for a format. */
export function jsonReader(format: JsonFormat): Reader {
  return {
    id: format.id,
    label: format.label,
    extensions: ['.json', '.jsonl', '.ndjson'],
    timesHaveZone: format.timesHaveZone,
    detect: (head) => Math.max(0, ...headObjects(head).map((object) => format.recognise(object))),
    read: (source, sink, options) => readFormat(format, source, sink, options),
  };
}
