/** Same time, two places: users with sessions on several computers, and computers with several users. */
import { clip, type Interval, lengthMs } from '../intervals.ts';
import type { LogonSession } from '../model.ts';
import { compareText, distinct, groupBy } from '../queries/grouping.ts';
import { defineReport } from './report.ts';
import { INDICATES, partsInRange, type SessionPart } from './selection.ts';

export const concurrent = defineReport({
  id: 'concurrent',
  title: 'Concurrent sessions',
  method:
    'Each row is an unbroken stretch in which a user had sessions on two or more computers, or a computer had sessions ' +
    'of two or more users; "at once" is the most at any moment, and "in use at once" is how long at least two were in ' +
    `use. A session left open counts although nobody may sit there. ${INDICATES}`,
  columns: {
    scope: { title: 'Of a' },
    name: { title: 'Name' },
    from: { title: 'From', unit: 'instant' },
    to: { title: 'To', unit: 'instant' },
    lengthMs: { title: 'Length', unit: 'duration' },
    peak: { title: 'At once', unit: 'count' },
    inUseAtOnceMs: { title: 'In use at once', unit: 'duration' },
    users: { title: 'Users' },
    computers: { title: 'Computers' },
    sessions: { title: 'Logon sessions', unit: 'count' },
  },
  rows(input) {
    const { parts, book } = partsInRange(input);
    const { threshold } = input.options;
    const scopes = [
      { scope: 'user', groupOf: keyOf, placeOf: computerOf, nameOf: book.nameOf },
      { scope: 'computer', groupOf: computerOf, placeOf: keyOf, nameOf: (name: string) => name },
    ];
    const rows = scopes.flatMap(({ scope, groupOf, placeOf, nameOf }) =>
      [...groupBy(parts, groupOf)].flatMap(([group, own]) => {
        const stays = (which: 'used' | 'present') =>
          own.flatMap((part) => staysOf(part, part[which], placeOf));
        const inUse = crowded(stays('used'), threshold);
        return crowded(stays('present'), threshold).map(({ from, to, peak, sessions }) => ({
          scope,
          name: nameOf(group),
          from,
          to,
          lengthMs: to - from,
          peak,
          inUseAtOnceMs: lengthMs(clip(inUse, { from, to })),
          users: distinct(sessions.map((session) => book.nameOf(book.keyOf(session)))).join(', '),
          computers: distinct(sessions.map((session) => session.computer)).join(', '),
          sessions: sessions.length,
        }));
      }),
    );
    return rows.sort(
      (a, b) =>
        compareText(b.scope, a.scope) || compareText(a.name, b.name) || a.from - b.from || a.to - b.to,
    );
  },
});

const keyOf = (part: SessionPart): string => part.key;
const computerOf = (part: SessionPart): string => part.session.computer;

/** An interval of a session at a place; "place" is the computer of a user, or the user of a computer. */
interface Stay extends Interval {
  readonly place: string;
  readonly session: LogonSession;
}

/** A stretch with several places at once. */
interface Crowd {
  readonly from: number;
  to: number;
  peak: number;
  readonly sessions: LogonSession[];
}

function staysOf(
  part: SessionPart,
  intervals: readonly Interval[],
  placeOf: (part: SessionPart) => string,
): Stay[] {
  return intervals.map(({ from, to }) => ({ from, to, place: placeOf(part), session: part.session }));
}

/**
 * The stretches in which at least `threshold` different places are occupied, with everyone involved.
 *
 *     PC1     ├───────────┤   ├──────┤
 *     PC2           ├─────────┤
 *     PC3         ├────┤
 *     result      ├───────┤                 peak 3
 */
export function crowded(stays: readonly Stay[], threshold = 2): Crowd[] {
  const edges = stays.flatMap((stay) => [
    { at: stay.from, stay, opens: true },
    { at: stay.to, stay, opens: false },
  ]);
  // At one instant ends come first: who leaves as the other comes was not there with them.
  edges.sort(
    (a, b) =>
      a.at - b.at || Number(a.opens) - Number(b.opens) || compareText(a.stay.session.id, b.stay.session.id),
  );
  const here = new Set<Stay>();
  const staysAt = new Map<string, number>();
  const crowds: Crowd[] = [];
  let open: Crowd | null = null;
  for (const { at, stay, opens } of edges) {
    if (opens) here.add(stay);
    else here.delete(stay);
    const left = (staysAt.get(stay.place) ?? 0) + (opens ? 1 : -1);
    if (left > 0) staysAt.set(stay.place, left);
    else staysAt.delete(stay.place);
    const peak = staysAt.size;
    const last = crowds.at(-1);
    if (open === null && peak >= threshold && last?.to === at) {
      // One left and another came in the same instant: the stretch goes on.
      open = { ...last, peak: Math.max(last.peak, peak), sessions: [...last.sessions, stay.session] };
      crowds.pop();
    } else if (open === null && peak >= threshold) {
      open = { from: at, to: at, peak, sessions: [...here].map((one) => one.session) };
    } else if (open !== null && peak < threshold) {
      crowds.push({ ...open, to: at, sessions: [...new Set(open.sessions)] });
      open = null;
    } else if (open !== null && opens) {
      open.sessions.push(stay.session);
      open.peak = Math.max(open.peak, peak);
    }
  }
  return crowds;
}
