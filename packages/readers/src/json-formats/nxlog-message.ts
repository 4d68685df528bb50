/** Values that NXLog lost from UserData, read from the rendered message in whatever language it is. */
import { type JsonObject, own, textOf } from '../windows-object.ts';

const MESSAGE_CHARS_MAX = 4096;
const LINE = /^[^:\n]{1,80}[:：][ \t]*(\S[^\r\n]*)$/gm;

/** The values of the message's `name: value` lines, in order. */
function messageValues(object: JsonObject): string[] {
  const message = textOf(own(object, 'Message'));
  if (message === null) return [];
  const normal = message.slice(0, MESSAGE_CHARS_MAX).replaceAll('\r\n', '\n');
  return [...normal.matchAll(LINE)].map((match) => match[1]!.trim()).filter((value) => !value.endsWith(':'));
}

const isAccount = (value: string): boolean => /^[^\\/:]+\\[^\\/:]+$/.test(value);
const isNumber = (value: string): boolean => /^\d{1,9}$/.test(value);

/** Terminal services write the same few values in the same order in every language; their shape tells the rest. */
const FROM_MESSAGE: readonly [
  provider: RegExp,
  values: Readonly<Record<string, (values: string[]) => string | undefined>>,
][] = [
  [
    /TerminalServices-LocalSessionManager$/,
    {
      User: (values) => values.find(isAccount),
      SessionID: (values) => values.find(isNumber),
      Address: (values) => values.find((value) => !isAccount(value) && !isNumber(value)),
    },
  ],
  [
    /TerminalServices-RemoteConnectionManager$/,
    {
      Param1: (values) => (values.length >= 3 ? values[0] : undefined),
      Param2: (values) => (values.length >= 3 ? values[1] : undefined),
      Param3: (values) => values.at(-1),
    },
  ],
];

/** A value by its Windows name out of the message; null where the provider is not known to need it. */
export function messageValue(object: JsonObject, name: string): string | null {
  const provider = textOf(own(object, 'SourceName')) ?? '';
  for (const [pattern, values] of FROM_MESSAGE) {
    const read = pattern.test(provider) && Object.hasOwn(values, name) ? values[name] : undefined;
    if (read !== undefined) return read(messageValues(object)) ?? null;
  }
  return null;
}
