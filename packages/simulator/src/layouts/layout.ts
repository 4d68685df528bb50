/** The shape of an event as its provider's manifest lays it out: identity, and fields with their types. */
import type { ValueType } from '../evtx/values.ts';

export interface FieldLayout {
  /** Empty for the positional strings of classic event sources. */
  readonly name: string;
  readonly type: ValueType;
}

export interface EventLayout {
  readonly id: number;
  readonly version: number;
  readonly provider: string;
  readonly guid: string | null;
  readonly channel: string;
  readonly level: number;
  readonly task: number;
  readonly opcode: number;
  readonly keywords: bigint;
  /** Classic event sources carry qualifiers beside the ID. */
  readonly qualifiers: number | null;
  readonly fields: readonly FieldLayout[];
  /** Element and namespace inside UserData; null for EventData. */
  readonly userData: { readonly element: string; readonly namespace: string } | null;
}

/** Builds field layouts from `'name:type name:type …'`; a missing type means string. */
export function fields(text: string): FieldLayout[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [name, type] = word.split(':');
      return { name: name!, type: (type ?? 'string') as ValueType };
    });
}

export type ProviderFacts = Pick<EventLayout, 'provider' | 'guid' | 'channel' | 'keywords'> &
  Partial<EventLayout>;

/** Fills in what all events of a provider have in common. */
export function layoutsOf(
  facts: ProviderFacts,
): (id: number, fieldText: string, own?: Partial<EventLayout>) => EventLayout {
  return (id, fieldText, own = {}) => ({
    version: 0,
    level: 4,
    task: 0,
    opcode: 0,
    qualifiers: null,
    userData: null,
    ...facts,
    ...own,
    id,
    fields: fields(fieldText),
  });
}
