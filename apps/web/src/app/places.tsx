/** The navigation as links, by groups; range and zone go along. */
import { Link } from '@tanstack/react-router';
import { usePowers } from './account.ts';
import styles from './frame.module.css';
import { addressOfPlace, placesFor } from './navigation.ts';
import type { Place } from './place.ts';
import { useSearchTexts } from './view.ts';

const GROUPS = [
  ['look', null],
  ['company', 'This company'],
  ['installation', 'Installation'],
] as const;

/** What of the address goes along from page to page: range and zone, never a page's own filter. */
function useCarried(): Record<string, string> {
  const { range, tz } = useSearchTexts();
  return { ...(range === undefined ? {} : { range }), ...(tz === undefined ? {} : { tz }) };
}

export function PlaceLink({
  place,
  companyId,
  onFollow,
}: {
  place: Place;
  companyId: number | null;
  onFollow?: () => void;
}) {
  const { icon: Icon } = place;
  const carried = useCarried();
  return (
    <Link
      to={addressOfPlace(place, companyId)}
      search={(place.ofCompany ? carried : {}) as never}
      activeOptions={{ exact: place.path === '/', includeSearch: false }}
      className={styles.place}
      {...(onFollow === undefined ? {} : { onClick: onFollow })}
    >
      <Icon size={18} aria-hidden />
      <span>{place.label}</span>
    </Link>
  );
}

export function Places({ companyId, onFollow }: { companyId: number | null; onFollow?: () => void }) {
  const places = placesFor(usePowers(), companyId);
  return GROUPS.map(([group, title]) => {
    const members = places.filter((place) => place.group === group);
    if (members.length === 0) return null;
    return (
      <div key={group} className={styles.group}>
        {title === null ? null : <div className={styles.groupTitle}>{title}</div>}
        {members.map((place) => (
          <PlaceLink
            key={place.path + place.label}
            place={place}
            companyId={companyId}
            {...(onFollow === undefined ? {} : { onFollow })}
          />
        ))}
      </div>
    );
  });
}
