/** Where the navigation leads: one line per page, shown to whom it is for. */
import {
  Activity,
  Bookmark,
  ChartColumn,
  ChartNoAxesGantt,
  type LucideIcon,
  MonitorDot,
  Rows3,
  ScrollText,
  UserSearch,
  UsersRound,
} from 'lucide-react';
import type { Powers } from './account.ts';
import { ADMIN_PLACES } from './admin-places.ts';
import type { Place } from './place.ts';

const look = (label: string, path: string, icon: LucideIcon, more: Partial<Place> = {}): Place => ({
  ...{ label, path, icon, ofCompany: true, group: 'look' },
  ...more,
});

/** Neither now nor others are in files. */
const onServer = ({ isLocal }: Powers) => !isLocal;

export const PLACES: readonly Place[] = [
  look('Now', '/', Activity, { onPhone: true, words: 'dashboard live who is on', for: onServer }),
  look('Timeline', '/timeline', ChartNoAxesGantt, {
    onPhone: true,
    words: 'lanes actogram concurrency gantt',
  }),
  look('Sessions', '/sessions', Rows3, { onPhone: true, words: 'logons list use time' }),
  look('Events', '/events', ScrollText, { words: 'records log raw failed logons' }),
  look('People', '/people', UsersRound, { words: 'users accounts employees' }),
  look('Computers', '/computers', MonitorDot, { words: 'hosts machines workstations' }),
  look('Who was on', '/who', UserSearch, { words: 'where was a user overlaps at a moment' }),
  look('Reports', '/reports', ChartColumn, {
    onPhone: true,
    words: 'time spent daily failed out of hours concurrent elevation coverage CAR analytics',
  }),
  look('Saved views', '/saved', Bookmark, { words: 'bookmarks shared my views', for: onServer }),
  ...ADMIN_PLACES,
];

/** The address of a place for somebody who looks at this company. */
export function addressOfPlace({ ofCompany, path }: Place, companyId: number | null): string {
  return ofCompany ? `/c/${companyId ?? 0}${path === '/' ? '' : path}` : path;
}

export const placesFor = (powers: Powers, companyId: number | null): readonly Place[] =>
  PLACES.filter((place) => (place.for?.(powers) ?? true) && (!place.ofCompany || companyId !== null));
