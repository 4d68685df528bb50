/** Under which names events are written: ours, or those of a vocabulary that other tools know. */
import { type SessionEvent, toCar, toEcs, toOcsf } from '@logonscope/core';
import type { SCHEMAS } from './options.ts';

type Vocabulary = Exclude<(typeof SCHEMAS)[number], 'native'>;

/** Null where the vocabulary has no word for an event. */
export const IN_VOCABULARY: Readonly<Record<Vocabulary, (event: SessionEvent) => object | null>> = {
  car: toCar,
  ocsf: toOcsf,
  ecs: toEcs,
};
