/** Where somebody acted with more rights: elevated sessions, special privileges, other people's credentials. */
import { accountClass, isSystemAccount } from '../events/accounts.ts';
import type { EventDetail, LogonSession, SessionEvent } from '../model.ts';
import { accountBook } from '../queries/account.ts';
import { compareText } from '../queries/grouping.ts';
import { touches } from '../queries/person-time.ts';
import { endOf } from '../queries/use.ts';
import { defineReport } from './report.ts';
import { allowed, isWithin } from './selection.ts';

export const elevation = defineReport({
  id: 'elevation',
  title: 'Elevation',
  method:
    'Sessions whose logon came with an administrator token, further logons with special privileges, and uses of ' +
    'explicit credentials (run as, mapped drives, remote administration) with the account they were for. Holding ' +
    'rights is not using them: logs indicate what could be done, they do not prove what was done.',
  needsEvents: true,
  columns: {
    kind: { title: 'What' },
    time: { title: 'Time', unit: 'instant' },
    user: { title: 'User' },
    computer: { title: 'Computer' },
    target: { title: 'Target account' },
    targetServer: { title: 'Target server' },
    program: { title: 'Program' },
    address: { title: 'From address' },
    logonId: { title: 'Logon ID' },
    privileges: { title: 'Privileges' },
  },
  rows(input) {
    const expected = allowed(input.options.allow);
    const sessions = input.sessions.filter(
      (session) => session.elevated && touches(session, input) && !expected(session),
    );
    const events = input.events.filter((event) => isWithin(event.time, input) && !expected(actorOf(event)));
    const book = accountBook([...sessions, ...events, ...events.map(actorOf)]);
    const name = (account: Parameters<typeof book.keyOf>[0]) => book.nameOf(book.keyOf(account));
    const privileges = events.filter((event) => event.signal === 'elevated' && isPersons(event));
    const told = new Map<string, SessionEvent[]>();
    for (const event of privileges) {
      const key = `${event.computer}\n${event.logonId}`;
      told.set(key, [...(told.get(key) ?? []), event]);
    }
    const inSession = new Set<SessionEvent>();
    const rows: ElevationRow[] = sessions.map((session) => {
      const own = session.logonIds
        .flatMap((id) => told.get(`${session.computer}\n${id}`) ?? [])
        .filter((event) => event.time >= session.start - CLOSE_MS && event.time <= endOf(session));
      for (const event of own) inSession.add(event);
      return ofSession(session, name(session), own);
    });
    for (const event of privileges)
      if (!inSession.has(event)) rows.push(ofEvent(event, name(event), 'privileges'));
    for (const event of events) {
      if (event.signal !== 'explicitCredentials' || !isPersons(actorOf(event))) continue;
      rows.push({ ...ofEvent(event, name(actorOf(event)), 'explicit credentials'), target: name(event) });
    }
    return rows.sort(
      (a, b) =>
        a.time - b.time ||
        compareText(a.computer, b.computer) ||
        compareText(a.kind, b.kind) ||
        compareText(a.user, b.user) ||
        compareText(a.target, b.target) ||
        compareText(a.logonId, b.logonId),
    );
  },
});

/** The privileges event stands beside its logon, sometimes a moment before it. */
const CLOSE_MS = 1000;

type ElevationRow = {
  readonly kind: string;
  readonly time: number;
  readonly user: string;
  readonly computer: string;
  readonly target: string | null;
  readonly targetServer: string | null;
  readonly program: string | null;
  readonly address: string | null;
  readonly logonId: string | null;
  readonly privileges: string | null;
};

function ofSession(session: LogonSession, user: string, told: readonly SessionEvent[]): ElevationRow {
  return {
    kind: 'elevated session',
    time: session.start,
    user,
    computer: session.computer,
    target: null,
    targetServer: null,
    program: session.logonProcess,
    address: session.sourceAddress,
    logonId: session.logonIds[0] ?? null,
    privileges: told.map((event) => detail(event, 'privileges')).find((text) => text !== null) ?? null,
  };
}

function ofEvent(event: SessionEvent, user: string, kind: string): ElevationRow {
  return {
    kind,
    time: event.time,
    user,
    computer: event.computer,
    target: null,
    targetServer: detail(event, 'targetServer'),
    program: detail(event, 'processName'),
    address: event.sourceAddress,
    logonId: event.logonId,
    privileges: detail(event, 'privileges'),
  };
}

function detail(event: SessionEvent, name: 'privileges' | 'targetServer' | 'processName'): string | null {
  return event.detail?.[name] ?? null;
}

/** Who acted: the subject where the event names one, else its own account. */
function actorOf(event: SessionEvent) {
  const { subjectUser, subjectDomain, subjectSid }: EventDetail = event.detail ?? {};
  if (subjectUser === undefined && subjectSid === undefined) return event;
  return { user: subjectUser ?? null, domain: subjectDomain ?? null, sid: subjectSid ?? null };
}

function isPersons({ sid, user, domain }: Pick<SessionEvent, 'sid' | 'user' | 'domain'>): boolean {
  return !isSystemAccount(accountClass(sid, user, domain));
}
