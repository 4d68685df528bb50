/** Finds the plan of a template instance: compiled once per file, but never learnt from a chunk that may be damaged. */
import { MAX_COMPILED_BYTES_PER_CHUNK } from '../../limits.ts';
import type { Chunk } from '../chunk.ts';
import { CHUNK_BYTES, CHUNK_HEADER_BYTES, Damage, TEMPLATE_HEADER_BYTES } from '../format.ts';
import type { ScanMemory } from '../scan-memory.ts';
import type { OffsetTable } from './offset-table.ts';
import { compilePlan, type Plan } from './plan.ts';
import type { TextCache } from './text-cache.ts';

interface SharedPlan {
  readonly plan: Plan;
  /** What follows the ID in the template's GUID, as three numbers. */
  readonly rest: readonly [number, number, number];
}

/**
 * Plans by the template's GUID, which stands for its content. A plan is shared among the chunks of one file only
 * (a file cannot spoil another one), and only if it comes from a chunk whose checksum is right: so the checksum is
 * needed, and computed, only for chunks that bring a new template.
 */
export class PlanCache {
  readonly #texts: TextCache;
  /** By the first four bytes of the GUID, the latest last. */
  readonly #shared = new Map<number, SharedPlan[]>();
  /** Plans of this chunk by the offset of their definition. */
  readonly #here: OffsetTable<Plan>;
  #compiledBytes = 0;

  constructor({ texts, plans }: ScanMemory) {
    this.#here = plans;
    this.#texts = texts;
  }

  /** Forgets what belongs to the previous chunk only. */
  startChunk(): void {
    this.#here.clear();
    this.#compiledBytes = 0;
  }

  /**
   * The plan of the definition at `offset` of the chunk. An instance names its template twice, by offset and by ID;
   * where they disagree the definition was overwritten, and a plan with that ID from elsewhere is used.
   */
  plan(chunk: Chunk, offset: number, templateId: number): Plan {
    const known = this.#here.at(offset);
    if (known !== null && known.templateId === templateId) return known;
    if (offset < CHUNK_HEADER_BYTES || offset + TEMPLATE_HEADER_BYTES > CHUNK_BYTES)
      throw new Damage('template.offset', offset, 'a place in the chunk behind its header');
    if (chunk.view.getInt32(chunk.base + offset + 4, true) === templateId)
      return this.#learn(chunk, offset, templateId);
    const shared = this.#shared.get(templateId)?.at(-1);
    if (shared === undefined)
      throw new Damage('template.id', hex(templateId), `the definition at ${offset} to have it`);
    return shared.plan;
  }

  #learn(chunk: Chunk, offset: number, templateId: number): Plan {
    const { view, base } = chunk;
    const at = base + offset;
    const size = view.getUint32(at + 20, true);
    if (offset + TEMPLATE_HEADER_BYTES + size > CHUNK_BYTES)
      throw new Damage('template.size', size, 'a definition that ends within the chunk');
    const shared = this.#sharedPlan(view, at + 4);
    const plan = shared ?? this.#compile(chunk, at + TEMPLATE_HEADER_BYTES, size, templateId);
    if (shared === null && chunk.crcRight) this.#share(plan, view, at + 4);
    this.#here.add(offset, plan);
    return plan;
  }

  /** The plan of the GUID at `at`, null if none is shared. Numbers, as this is asked for each template of each chunk. */
  #sharedPlan(view: DataView, at: number): Plan | null {
    const sameId = this.#shared.get(view.getInt32(at, true));
    if (sameId === undefined) return null;
    for (const { plan, rest } of sameId) {
      const same =
        rest[0] === view.getInt32(at + 4, true) &&
        rest[1] === view.getInt32(at + 8, true) &&
        rest[2] === view.getInt32(at + 12, true);
      if (same) return plan;
    }
    return null;
  }

  #share(plan: Plan, view: DataView, at: number): void {
    const rest = [
      view.getInt32(at + 4, true),
      view.getInt32(at + 8, true),
      view.getInt32(at + 12, true),
    ] as const;
    const sameId = this.#shared.get(plan.templateId);
    if (sameId === undefined) this.#shared.set(plan.templateId, [{ plan, rest }]);
    else sameId.push({ plan, rest });
  }

  #compile(chunk: Chunk, at: number, size: number, templateId: number): Plan {
    this.#compiledBytes += size;
    if (this.#compiledBytes > MAX_COMPILED_BYTES_PER_CHUNK)
      throw new Damage(
        'template.size',
        this.#compiledBytes,
        `at most ${MAX_COMPILED_BYTES_PER_CHUNK} in one chunk`,
      );
    return compilePlan(chunk, { at, end: at + size, templateId }, this.#texts);
  }
}

function hex(number: number): string {
  return `0x${(number >>> 0).toString(16)}`;
}
