/** The frame around every page: navigation at the side (below on phones), the bar on top, the page itself. */
import { useLocation, useNavigate } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Boundary } from '../ui/index.ts';
import { usePowers } from './account.ts';
import styles from './frame.module.css';
import { placesFor } from './navigation.ts';
import { PlaceLink, Places } from './places.tsx';
import { TopBar } from './top-bar.tsx';
import { useFrameCompany } from './use-frame-company.ts';

// What opens only when asked for is loaded only then.
const AllPlaces = lazy(() => import('./all-places.tsx'));
/** Late enough not to be in the way of the page itself. */
const PALETTE_SOON_MS = 2_000;
const loadPalette = () => import('./palette.tsx');
const Palette = lazy(loadPalette);

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
      <Suspense>{open ? <AllPlaces companyId={companyId} onClose={() => setOpen(false)} /> : null}</Suspense>
    </nav>
  );
}

/** Ctrl+K and ⌘K from anywhere. */
function useShortcut(onOpen: (open: boolean) => void): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      onOpen(true);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [onOpen]);
}

export function Frame({ children }: { children: ReactNode }) {
  const companyId = useFrameCompany();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [searching, setSearching] = useState(false);
  useShortcut(setSearching);
  // Whoever presses Ctrl+K types on at once: it has to be here by then.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PALETTE_SOON_MS);
    return () => clearTimeout(timer);
  }, []);
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
      <Suspense>
        {searching ? (
          <Palette
            companyId={companyId}
            onOpen={setSearching}
            onFollow={(to) => void navigate({ href: to })}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
