/**
 * Windows tells services of each change of a terminal session: this needs no audit policy and no log, so it is the first
 * source. At a logoff the name may be gone already, so it is remembered from the logon.
 */
import type { AgentEvent, PlainWord } from '../event.ts';
import type { EventSource, Intake } from '../source.ts';
import type { SessionChange } from './service-main.ts';
import type { TerminalUser } from './terminal-sessions.ts';

/** winuser.h, WTS_*: what is told of each. */
const WORDS: Readonly<Record<number, { readonly type: string; readonly plain: PlainWord | null }>> = {
  1: { type: 'Reconnect', plain: null },
  2: { type: 'Disconnect', plain: null },
  3: { type: 'Reconnect', plain: null },
  4: { type: 'Disconnect', plain: null },
  5: { type: 'Logon', plain: 'Logon' },
  6: { type: 'Logoff', plain: 'Logoff' },
  7: { type: 'Lock', plain: 'Lock' },
  8: { type: 'Unlock', plain: 'Unlock' },
};
const LOGON = 5;
const LOGOFF = 6;
/** So many wait in memory while the outbox takes none; a person makes a hundred a day. */
const WAITING_MAX = 10_000;

export interface NoticePorts {
  readonly computer: string;
  now(): number;
  /** Hands over a function that is called for each change. */
  subscribe(listener: (change: SessionChange) => void): void;
  sessionIds(): readonly number[];
  userOf(terminalSessionId: number): TerminalUser | null;
  /** Hears who logged on, so that logs read later know what was told already. */
  told?(event: AgentEvent): void;
}

export function noticeSource({
  computer,
  now,
  subscribe,
  sessionIds,
  userOf,
  told,
}: NoticePorts): EventSource {
  return {
    id: 'notices',
    async run(intake, _bookmark, stop) {
      const users = new Map<number, TerminalUser>();
      for (const id of attempt(sessionIds, intake) ?? []) {
        const user = attempt(() => userOf(id), intake);
        if (user) users.set(id, user);
      }
      const waiting: AgentEvent[] = [];
      let lost = 0;
      let wake: () => void = () => {};
      subscribe(({ type, terminalSessionId }) => {
        const word = WORDS[type];
        if (word === undefined) return;
        const known = users.get(terminalSessionId);
        // A session is asked about again at a logon, and where nothing is known of it.
        const user =
          type === LOGON || known === undefined
            ? (attempt(() => userOf(terminalSessionId), intake) ?? known)
            : known;
        if (type === LOGOFF) users.delete(terminalSessionId);
        else if (user !== undefined) users.set(terminalSessionId, user);
        // Nobody is logged on there: the screen of the logon itself.
        if (user === undefined) return;
        const event = noticeEvent({ computer, time: now(), terminalSessionId, user, ...word });
        if (waiting.length < WAITING_MAX) waiting.push(event);
        else lost++;
        told?.(event);
        wake();
      });
      while (!stop.aborted) {
        if (waiting.length === 0) await untilWoken(stop, (resume) => (wake = resume));
        const events = waiting.splice(0, 100);
        if (events.length > 0) await intake.take(events);
        if (lost > 0) intake.trouble(`${lost} notices were lost, since nothing could be kept`);
        lost = 0;
      }
    },
  };
}

function attempt<T>(does: () => T, intake: Intake): T | null {
  try {
    return does();
  } catch (error) {
    intake.trouble((error as Error).message);
    return null;
  }
}

function untilWoken(stop: AbortSignal, on: (resume: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    on(resolve);
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

interface Notice {
  readonly computer: string;
  readonly time: number;
  readonly terminalSessionId: number;
  readonly user: TerminalUser;
  readonly type: string;
  readonly plain: PlainWord | null;
}

function noticeEvent({ computer, time, terminalSessionId, user, type, plain }: Notice): AgentEvent {
  return {
    time,
    plain: plain === null ? null : { word: plain, user: user.user },
    upload: {
      ...{ type, computer, time: new Date(time).toISOString(), terminalSessionId },
      ...{ user: user.user, domain: user.domain, sid: user.sid, logonId: user.logonId },
      ...{ logonType: user.logonType, clientName: user.clientName, sourceAddress: user.clientAddress },
    },
  };
}
