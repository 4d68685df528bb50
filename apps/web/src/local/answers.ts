/** Every endpoint that files can answer, by its name: the same answers a server gives that imported the same files. */
import * as events from './answer-events.ts';
import * as people from './answer-people.ts';
import * as session from './answer-session.ts';
import * as sessions from './answer-sessions.ts';
import { listLanes } from './lanes.ts';
import type { Asked, LocalAnswer } from './messages.ts';
import type { LocalStore } from './store.ts';

// biome-ignore lint/suspicious/noExplicitAny: the protocol's schemas have checked the fields on the page's side.
type Fields = any;
type Answer = (store: LocalStore, params: Fields, query: Fields) => unknown;

/** The files stand in for one company, so that pages and addresses are the same. */
const COMPANY = {
  ...{ id: 1, name: 'Files in this browser', description: null, active: true, mfaPolicy: 'inherit' },
  createdAt: new Date(0).toISOString(),
};
const USUAL_HOURS = { fromHour: 7, toHour: 19, days: [1, 2, 3, 4, 5] };

// Loaded when the first of them is wanted.
const reports = () => import('./answer-reports.ts');
const writers = () => import('./exports.ts');
const drawing = () => import('./drawing.ts');
type Drawing = Awaited<ReturnType<typeof drawing>>;

const DRAWN = { 'content-type': 'application/octet-stream' };
const drawn =
  (what: keyof Drawing): Answer =>
  async (store, _, query) => ({ bytes: (await drawing())[what](store, query), headers: DRAWN });

export const ANSWERS: Readonly<Record<string, Answer>> = {
  listCompanies: () => ({ rows: [COMPANY], next: null }),
  listSessions: (store, _, query) => sessions.listSessions(store, query),
  totalSessions: (store, _, query) => sessions.totalSessions(store, query),
  facetSessions: (store, _, query) => sessions.facetSessions(store, query),
  getSession: (store, { sessionId }) => session.getSession(store, sessionId),
  whoWas: (store, _, query) => session.whoWas(store, query),
  whereWas: (store, _, query) => session.whereWasUser(store, query),
  listOverlaps: (store, _, query) => session.listOverlaps(store, query),
  listEvents: (store, _, query) => events.listEvents(store, query),
  totalEvents: (store, _, query) => events.totalEvents(store, query),
  binEvents: (store, _, query) => events.binEvents(store, query),
  getEvent: (store, { eventId }) => events.getEvent(store, eventId),
  listPeople: (store, _, query) => people.listPeople(store, query),
  getPerson: (store, { personId }, query) => people.getPerson(store, personId, query),
  listComputers: (store, _, query) => people.listComputers(store, query),
  getComputer: (store, { computer }, query) => people.getComputer(store, computer, query),
  listLanes: (store, _, query) => listLanes(store, query),
  drawDays: drawn('drawDays'),
  drawSegments: drawn('drawSegments'),
  drawSessions: drawn('drawSessions'),
  drawMinimap: drawn('drawMinimap'),
  drawMarkers: drawn('drawMarkers'),
  listReports: async () => (await reports()).listReports(),
  runReport: async (store, { report }, query) => (await reports()).runReport(store, report, query),
  getWorkingHours: () => ({
    own: null,
    inForce: { ...USUAL_HOURS, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  }),
  exportSessions: async (store, _, query) => (await writers()).exportSessions(store, query),
  exportEvents: async (store, _, query) => (await writers()).exportEvents(store, query),
  exportReport: async (store, { report }, query) => (await writers()).exportReport(store, report, query),
};

const isBytes = (answer: unknown): answer is LocalAnswer =>
  typeof answer === 'object' && answer !== null && 'bytes' in answer;

/** Answers one question; throws a `LocalRefusal` where a server would refuse. */
export async function answerOf(store: LocalStore, { endpoint, params, query }: Asked): Promise<LocalAnswer> {
  const answer = await ANSWERS[endpoint]!(store, params, query);
  return isBytes(answer) ? answer : { json: answer };
}
