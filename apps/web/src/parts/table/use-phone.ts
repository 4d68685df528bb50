/** Whether the page is as narrow as a phone: lists become cards, drawers whole screens. */
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 639px)';

function subscribe(tell: () => void): () => void {
  const media = matchMedia(QUERY);
  media.addEventListener('change', tell);
  return () => media.removeEventListener('change', tell);
}

export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
}
