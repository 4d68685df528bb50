/** Sessions that changed while the page is open, put among those that are there. */
import { LaneContent } from './lanes.ts';
import type { SessionColumns } from './sessions.ts';

/** The content with the changes in it: a session of the same id is replaced, a new one finds its place by its start. */
export function withNews(content: LaneContent, changes: LaneContent): LaneContent {
  const names = [...content.names, ...changes.names];
  const changed = new Set<string>();
  for (let i = 0; i < changes.sessions.start.length; i++) changed.add(keyOf(changes.sessions, i));
  const parts: Part[] = [];
  for (let i = 0; i < content.sessions.start.length; i++) {
    if (!changed.has(keyOf(content.sessions, i))) parts.push({ of: content.sessions, index: i, names: 0 });
  }
  for (let i = 0; i < changes.sessions.start.length; i++) {
    parts.push({ of: changes.sessions, index: i, names: content.names.length });
  }
  parts.sort((a, b) => a.of.earliest[a.index]! - b.of.earliest[b.index]!);
  const range = {
    from: Math.min(content.from, content.to > content.from ? content.from : changes.from),
    to: Math.max(content.to, changes.to),
  };
  return new LaneContent(gather(parts), names, range);
}

/** One session of some columns; `names` is what to add to its number of the other. */
interface Part {
  readonly of: SessionColumns;
  readonly index: number;
  readonly names: number;
}

const keyOf = ({ ids }: SessionColumns, index: number): string =>
  ids.subarray(index * 8, index * 8 + 8).join();

function gather(parts: readonly Part[]): SessionColumns {
  const column = (name: 'start' | 'end' | 'earliest' | 'latest') =>
    Float64Array.from(parts, ({ of, index }) => of[name][index]!);
  const stepOff = new Uint32Array(parts.length + 1);
  for (const [i, { of, index }] of parts.entries()) {
    stepOff[i + 1] = stepOff[i]! + of.stepOff[index + 1]! - of.stepOff[index]!;
  }
  const ids = new Uint8Array(parts.length * 8);
  const stepAt = new Float64Array(stepOff.at(-1)!);
  const stepState = new Uint8Array(stepOff.at(-1)!);
  for (const [i, { of, index }] of parts.entries()) {
    const [first, end] = [of.stepOff[index]!, of.stepOff[index + 1]!];
    ids.set(of.ids.subarray(index * 8, index * 8 + 8), i * 8);
    stepAt.set(of.stepAt.subarray(first, end), stepOff[i]!);
    stepState.set(of.stepState.subarray(first, end), stepOff[i]!);
  }
  return {
    ids,
    start: column('start'),
    end: column('end'),
    earliest: column('earliest'),
    latest: column('latest'),
    other: Uint32Array.from(parts, ({ of, index, names }) => of.other[index]! + names),
    traits: Uint16Array.from(parts, ({ of, index }) => of.traits[index]!),
    ...{ stepOff, stepAt, stepState },
  };
}
