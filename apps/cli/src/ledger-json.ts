/** The ledger of a session as programs read it, beside the session's contract. */
import type { LogonSession } from '@logonscope/core';

/** Times in ISO 8601 UTC, durations in seconds; the counted seconds add up to the away total. */
export function ledgerOf({ ledger }: LogonSession) {
  return ledger.map(({ reason, from, to, countedMs, evidence, inferred }) => ({
    reason,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    countedSeconds: countedMs / 1_000,
    evidence,
    inferred,
  }));
}
