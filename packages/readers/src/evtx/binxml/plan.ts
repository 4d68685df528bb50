/** A template compiled: where each fact and field of its records lies, known once instead of searched per record. */
import type { ByteWindow } from '../../bytes.ts';
import { MAX_PARTS_OF_VALUES } from '../../limits.ts';
import { Damage, TYPE } from '../format.ts';
import type { Lane } from '../life.ts';
import { LeafCollector, type SystemFact, UNNAMED } from './leaves.ts';
import { NOTES, type TextCache } from './text-cache.ts';
import { type NamedBytes, walkElements } from './walk.ts';

/** A field in document order: literals as text, substitutions as their number. */
export interface PlanLeaf {
  readonly name: string;
  readonly parts: readonly (string | number)[];
  /** One substitution whose element is left out where it holds no value, not even an empty one. */
  readonly optional: boolean;
}

/** Where a fact of `System` is: in a substitution (slot ≥ 0), or a literal of the template (slot -1). */
export interface FactPlace {
  readonly slot: number;
  readonly literal: string | null;
}

export interface Plan {
  /** First four bytes of the template's GUID; every instance repeats them. */
  readonly templateId: number;
  readonly eventId: FactPlace;
  readonly recordId: FactPlace;
  readonly time: FactPlace;
  readonly provider: FactPlace;
  readonly channel: FactPlace;
  readonly computer: FactPlace;
  readonly leaves: readonly PlanLeaf[];
  /** Field name → substitution number, or `~index` of the leaf where it is more than one substitution. */
  readonly slots: ReadonlyMap<string, number>;
  /** Substitutions of optional leaves. */
  readonly optionalSlots: ReadonlySet<number>;
  /** Substitutions that may hold a nested document. */
  readonly bodySlots: readonly number[];
  /** Per substitution, where `TextCache` keeps its previous value. */
  readonly last: Int32Array;
  /** The lane that the previous record of this plan went to; most records go to the same. */
  lane: Lane | null;
}

/**
 * Compiles the tokens of a template definition in `[at, end)`. Throws `Damage` if they are no BinXML or put a fact
 * of `System` together from several parts, which Windows does not.
 */
export function compilePlan(
  chunk: NamedBytes & ByteWindow,
  range: { at: number; end: number; templateId: number },
  texts: TextCache,
): Plan {
  const found = new LeafCollector(chunk, texts);
  walkElements(chunk, { ...range, dependencyBytes: 2 }, found);
  const facts = new Map<SystemFact, FactPlace>();
  const leaves: PlanLeaf[] = [];
  const slots = new Map<string, number>();
  const optionalSlots = new Set<number>();
  const bodySlots = new Set<number>();
  const isOuter = found.facts.some((fact) => fact !== null);
  for (let i = 0; i < found.count; i++) {
    const name = found.names[i] as string;
    const fact = found.facts[i] ?? null;
    const only = found.onlySubstitution(i);
    if (fact !== null) {
      if (!facts.has(fact)) facts.set(fact, factPlace(found, i));
      continue;
    }
    // In the outer document any place may hold the nested one: `UserData` has it one level lower than `EventData`.
    if (only !== null && (isOuter || only.type === TYPE.binXml)) bodySlots.add(only.slot);
    // Windows 7 writes `LogonGuid` twice into one event: the first is the right one.
    if (name !== UNNAMED && !slots.has(name)) slots.set(name, only === null ? ~leaves.length : only.slot);
    if (only?.optional) optionalSlots.add(only.slot);
    leaves.push({ name, parts: boundedParts(found.parts(i)), optional: only?.optional ?? false });
  }
  const place = (fact: SystemFact): FactPlace => facts.get(fact) ?? { slot: -1, literal: null };
  return {
    templateId: range.templateId,
    eventId: place('eventId'),
    recordId: place('recordId'),
    time: place('time'),
    provider: place('provider'),
    channel: place('channel'),
    computer: place('computer'),
    leaves,
    slots,
    optionalSlots,
    bodySlots: [...bodySlots],
    last: new Int32Array(NOTES),
    lane: null,
  };
}

function factPlace(found: LeafCollector, leaf: number): FactPlace {
  const only = found.onlySubstitution(leaf);
  if (only !== null) return { slot: only.slot, literal: null };
  if (found.isLiteral(leaf)) return { slot: -1, literal: found.leafText(leaf) };
  throw new Damage(found.names[leaf] as string, 'several parts', 'a literal or one substitution');
}

function boundedParts(parts: (string | number)[]): (string | number)[] {
  const values = parts.filter((part) => typeof part === 'number').length;
  if (values <= MAX_PARTS_OF_VALUES) return parts;
  throw new Damage('element.parts', `${values} values in one text`, `at most ${MAX_PARTS_OF_VALUES}`);
}
