/** Whether the system prefers dark pages, as it changes. */
import { useSyncExternalStore } from 'react';

const query = matchMedia('(prefers-color-scheme: dark)');

export function useSystemDark(): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}
