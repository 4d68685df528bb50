/** Sessions as they travel: the published shape, with its ledger where one is looked at. */
import { type LogonSession, type Presence, sessionToContract } from '@logonscope/core';

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** Only for `explained` sessions: what the figures rest on. */
export function explainedToWire(session: LogonSession) {
  return {
    ...sessionToContract(session),
    computerFqdn: session.computerFqdn,
    startEarliest: isoOrNull(session.startEarliest),
    startLatest: iso(session.startLatest),
    startEvidence: session.startEvidence,
    endEvidence: session.endEvidence,
    ledger: session.ledger.map(({ reason, from, to, evidence, inferred, countedMs }) => ({
      reason,
      from: iso(from),
      to: iso(to),
      evidence: [...evidence],
      countedSeconds: countedMs / 1000,
      inferred: [...inferred],
    })),
  };
}

export function presenceToWire({ session, state, reasons, certainty, since }: Presence) {
  return {
    session: sessionToContract(session),
    state,
    reasons: [...reasons],
    certainty,
    since: isoOrNull(since),
  };
}
