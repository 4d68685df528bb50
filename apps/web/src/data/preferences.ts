/** What a person set for this browser: theme, density, zone, keys. Kept in localStorage, known to no server. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

export interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  /** IANA zone; null follows the browser. */
  readonly zone: string | null;
  /** Single letters as shortcuts; people who dictate switch them off. */
  readonly singleKeys: boolean;
  /** The company looked at last, so that `/` leads back to it. */
  readonly companyId: number | null;
  /** Choices of single pages, such as which columns a table shows: page and name → anything of JSON. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** `first.js` reads this before anything is painted. */
const STORAGE_KEY = 'logonscope-preferences';

export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      theme: 'system',
      density: 'comfortable',
      zone: null,
      singleKeys: true,
      companyId: null,
      kept: {},
    }),
    { name: STORAGE_KEY, version: 1 },
  ),
);

/** Changes what is named and nothing else. */
export function prefer(changes: Partial<Preferences>): void {
  usePreferences.setState(changes);
}

/** A choice of one page that outlives it, such as `useKept('sessions.columns', DEFAULT_COLUMNS)`. */
export function useKept<T>(name: string, initially: T): [T, (value: T) => void] {
  const value = usePreferences(({ kept }) => kept[name]) as T | undefined;
  const keep = (next: T) => prefer({ kept: { ...usePreferences.getState().kept, [name]: next } });
  return [value ?? initially, keep];
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
