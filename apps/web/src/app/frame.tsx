/** The frame around every page: navigation at the side (below on phones), the bar on top, the page itself. */
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Boundary, Drawer } from '../ui/index.ts';
import { usePowers } from './account.ts';
import styles from './frame.module.css';
import { addressOfPlace, type Place, placesFor } from './navigation.ts';
import { Palette } from './palette.tsx';
import { TopBar } from './top-bar.tsx';
import { useFrameCompany } from './use-frame-company.ts';
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

function PlaceLink({
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

function Places({ companyId, onFollow }: { companyId: number | null; onFollow?: () => void }) {
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

function BottomBar({ companyId }: { companyId: number | null }) {
  const [open, setOpen] = useState(false);
  const places = placesFor(usePowers(), companyId).filter(({ onPhone }) => onPhone);
  return (
    <nav aria-label="Main pages" className={styles.bottom}>
      {places.slice(0, 4).map((place) => (
        <PlaceLink key={place.path} place={place} companyId={companyId} />
      ))}
      <button type="button" className={styles.place} aria-expanded={open} onClick={() => setOpen(true)}>
        <MoreHorizontal size={18} aria-hidden />
        <span>More</span>
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} title="All pages">
        <nav aria-label="All pages">
          <Places companyId={companyId} onFollow={() => setOpen(false)} />
        </nav>
      </Drawer>
    </nav>
  );
}

export function Frame({ children }: { children: ReactNode }) {
  const companyId = useFrameCompany();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [searching, setSearching] = useState(false);
  return (
    <div className={styles.frame}>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <TopBar companyId={companyId} onSearch={() => setSearching(true)} />
      <nav aria-label="Pages" className={styles.side}>
        <Places companyId={companyId} />
      </nav>
      <main id="page" tabIndex={-1} className={styles.page}>
        <Boundary key={pathname}>{children}</Boundary>
      </main>
      <BottomBar companyId={companyId} />
      <Palette
        companyId={companyId}
        open={searching}
        onOpen={setSearching}
        onFollow={(to) => void navigate({ to })}
      />
    </div>
  );
}
