/** CAR's coverage map of `user_session`, filled for the Windows Security log: which event gives which field of which action. */
import type { EventDefinition, FieldMap } from '../events/definition.ts';
import { securityAuditing } from '../events/security-auditing.ts';
import type { CarAction, CarUserSession } from './mitre-car.ts';

export const CAR_ACTIONS: readonly CarAction[] = ['lock', 'login', 'logout', 'reconnect', 'unlock'];
export type CarField = Exclude<keyof CarUserSession, 'object' | 'action'>;

/** Which of our attributes feed a CAR field. */
const FED_BY = {
  dest_ip: [],
  dest_port: [],
  hostname: 'every event',
  login_id: ['logonId'],
  login_successful: 'login only',
  login_type: ['logonType', 'sessionName'],
  src_ip: ['sourceAddress'],
  src_port: ['sourcePort'],
  uid: ['sid'],
  user: ['user'],
} as const satisfies Record<CarField, readonly (keyof FieldMap)[] | 'every event' | 'login only'>;

export const CAR_FIELDS = Object.keys(FED_BY) as CarField[];

/** `event`: in the event itself; `session`: known from the session's other events or the computer; `none`: no meaning. */
export interface CarCoverage {
  readonly action: CarAction;
  readonly field: CarField;
  readonly from: 'event' | 'session' | 'none';
  /** The events that carry the field themselves, of this action or (for `session`) of any. */
  readonly eventIds: readonly number[];
}

/** Whether rows of the event table carry a CAR field. */
function carries({ fields, car }: EventDefinition, field: CarField): boolean {
  const feeds = FED_BY[field];
  if (feeds === 'every event') return true;
  if (feeds === 'login only') return car === 'login';
  return feeds.some((attribute) => fields?.[attribute as keyof FieldMap] !== undefined);
}

function coverageOf(action: CarAction, field: CarField): CarCoverage {
  const withAction = securityAuditing.events.filter(({ car }) => car !== undefined);
  const inEvent = withAction.filter((event) => event.car === action && carries(event, field));
  if (inEvent.length > 0) return { action, field, from: 'event', eventIds: inEvent.map(({ id }) => id) };
  // Success is said of a logon; of a lock or logoff it would mean nothing.
  if (field === 'login_successful') return { action, field, from: 'none', eventIds: [] };
  const anywhere = withAction.filter((event) => carries(event, field));
  // The reconnected client's port is in no event, and the logon's port is another connection's.
  const lost = action === 'reconnect' && field === 'src_port';
  return lost
    ? { action, field, from: 'none', eventIds: [] }
    : { action, field, from: 'session', eventIds: anywhere.map(({ id }) => id) };
}

/** Every action with every field, in CAR's order. Computed from the event table, so that it cannot fall behind. */
export const CAR_COVERAGE: readonly CarCoverage[] = CAR_ACTIONS.flatMap((action) =>
  CAR_FIELDS.map((field) => coverageOf(action, field)),
);
