/** An event as a tree of elements with slots for its values: the one shape behind binary XML, plain XML and forwarded records. */

import type { EventLayout } from '../layouts/layout.ts';
import type { SimRecord } from '../record.ts';
import type { Value, ValueType } from './values.ts';
import { valueText } from './values.ts';

export interface Slot {
  readonly slot: number;
  readonly type: ValueType | 'body';
  /** An absent optional value takes its attribute, or its element, with it. */
  readonly optional: boolean;
}
export type Part = Slot | string;

export interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [string, Part])[];
  readonly children: readonly (Element | Part)[];
}

/** A tree without slots, ready to be written as it stands. */
export interface FilledElement {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly (FilledElement | string)[];
}

export const EVENT_NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';
export const BODY_SLOT = 17;

/** Types of the System element's values, in the order in which Windows numbers them. */
export const SYSTEM_TYPES: readonly ValueType[] = [
  'uint8', // 0 Level
  'uint8', // 1 Opcode
  'uint16', // 2 Task
  'uint16', // 3 EventID
  'uint16', // 4 Qualifiers
  'hex64', // 5 Keywords
  'filetime', // 6 TimeCreated
  'guid', // 7 ActivityID
  'uint32', // 8 ProcessID
  'uint32', // 9 ThreadID
  'uint64', // 10 EventRecordID
  'uint8', // 11 Version
  'sid', // 12 UserID
  'guid', // 13 RelatedActivityID
  'string', // 14 Provider name
  'guid', // 15 Provider GUID
  'string', // 16 Channel
];

const system = (slot: number): Slot => ({ slot, type: SYSTEM_TYPES[slot]!, optional: true });
const element = (
  name: string,
  attributes: Element['attributes'] = [],
  children: Element['children'] = [],
): Element => ({ name, attributes, children });

/** The outer template. Windows compiles the computer's name into it, which is why it takes one. */
export function eventTree(computer: string): Element {
  return element(
    'Event',
    [['xmlns', EVENT_NAMESPACE]],
    [
      element(
        'System',
        [],
        [
          element('Provider', [
            ['Name', system(14)],
            ['Guid', system(15)],
          ]),
          element('EventID', [['Qualifiers', system(4)]], [system(3)]),
          element('Version', [], [system(11)]),
          element('Level', [], [system(0)]),
          element('Task', [], [system(2)]),
          element('Opcode', [], [system(1)]),
          element('Keywords', [], [system(5)]),
          element('TimeCreated', [['SystemTime', system(6)]]),
          element('EventRecordID', [], [system(10)]),
          element('Correlation', [
            ['ActivityID', system(7)],
            ['RelatedActivityID', system(13)],
          ]),
          element('Execution', [
            ['ProcessID', system(8)],
            ['ThreadID', system(9)],
          ]),
          element('Channel', [], [system(16)]),
          element('Computer', [], [computer]),
          element('Security', [['UserID', system(12)]]),
        ],
      ),
      { slot: BODY_SLOT, type: 'body', optional: true },
    ],
  );
}

/** The inner template: EventData with `Data` elements, or UserData with elements of the provider's own. */
export function bodyTree(layout: EventLayout): Element {
  const { userData } = layout;
  const slots = layout.fields.map(({ name, type }, slot) => ({
    name,
    value: { slot, type, optional: userData !== null },
  }));
  if (userData !== null) {
    const own = slots.map(({ name, value }) => element(name, [], [value]));
    return element('UserData', [], [element(userData.element, [['xmlns', userData.namespace]], own)]);
  }
  return element(
    'EventData',
    [],
    slots.map(({ name, value }) =>
      value.type === 'binary' && name === 'Binary'
        ? element('Binary', [], [value])
        : element('Data', name === '' ? [] : [['Name', name]], [value]),
    ),
  );
}

/** Values of the System element for one record, in slot order. */
export function systemValues({ layout, time, recordId, userSid }: SimRecord): Value[] {
  return [
    layout.level,
    layout.opcode,
    layout.task,
    layout.id,
    layout.qualifiers,
    layout.keywords,
    time,
    null,
    700 + (layout.id % 16) * 4,
    100 + (recordId % 60) * 4,
    recordId,
    layout.version,
    userSid,
    null,
    layout.provider,
    layout.guid,
    layout.channel,
  ];
}

/** Puts values into their slots. String arrays repeat their element, absent optional values drop theirs. */
export function filled(
  tree: Element,
  types: readonly ValueType[],
  values: readonly Value[],
  body: FilledElement | null,
): FilledElement {
  const text = (part: Part): string | null => {
    if (typeof part === 'string') return part;
    return part.type === 'body'
      ? null
      : (valueText(types[part.slot]!, values[part.slot] ?? null) ?? (part.optional ? null : ''));
  };
  const attributes = tree.attributes.flatMap(([name, part]) => {
    const value = text(part);
    return value === null ? [] : [[name, value] as const];
  });
  const children = tree.children.flatMap((child): (FilledElement | string)[] => {
    if (typeof child === 'string') return [child];
    if ('slot' in child) {
      if (child.type === 'body') return body === null ? [] : [body];
      const value = text(child);
      return value === null || value === '' ? [] : [value];
    }
    return repeated(child, types, values).map((each) => filled(each.tree, types, each.values, body));
  });
  return { name: tree.name, attributes, children };
}

/** An element around a string array stands once per string. */
function repeated(
  tree: Element,
  types: readonly ValueType[],
  values: readonly Value[],
): { tree: Element; values: readonly Value[] }[] {
  const [child] = tree.children;
  if (
    child === undefined ||
    typeof child === 'string' ||
    !('slot' in child) ||
    types[child.slot] !== 'strings'
  )
    return [{ tree, values }];
  const list = values[child.slot] as readonly string[];
  return list.map((text) => ({ tree: { ...tree, children: [text] }, values }));
}

/** The whole event of one record, without slots. */
export function filledEvent(record: SimRecord): FilledElement {
  const { layout } = record;
  const types = layout.fields.map(({ type }) => type);
  const body = filled(bodyTree(layout), types, record.values, null);
  return filled(eventTree(record.computer), SYSTEM_TYPES, systemValues(record), body);
}
