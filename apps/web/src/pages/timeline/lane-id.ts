/** On which lane a session of the API lies. */
import { accountKey } from '@logonscope/core';
import type { LaneKind } from '../../timeline/url.ts';

interface SessionTraits {
  readonly user: string;
  readonly domain: string | null;
  readonly sid: string | null;
  readonly computer: string;
}

/** Null where the list has no such lane; sites cannot be told from a session. */
export function laneIdOf(
  session: SessionTraits,
  by: LaneKind,
  lanes: readonly { readonly id: string }[],
): string | null {
  const id = by === 'user' ? accountKey(session) : by === 'computer' ? session.computer : '';
  return lanes.some((lane) => lane.id === id) ? id : null;
}
