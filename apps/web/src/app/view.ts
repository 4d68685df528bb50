/** What the address says of the view: company, range, zone, filter, and what single pages add. Copying it shares the view. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { browserZone, usePreferences } from '../data/preferences.ts';
import { isZone } from './local-time.ts';
import { type Range, readRange } from './range.ts';

/** The search part of an address: everything in it is text. */
export type Search = Readonly<Record<string, string>>;

/** `?range=7d&tz=Europe/London`: readable, and what nobody asked for is thrown away. */
export function readSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The opposite of `readSearch`; empty texts and undefined are left out. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  // Colons, slashes and commas mean nothing in a query, and people read these.
  const text = params.toString().replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%2C/g, ',');
  return text === '' ? '' : `?${text}`;
}

/** All of the search part. */
export function useSearchTexts(): Search {
  return useSearch({ strict: false }) as Search;
}

/** Changes parts of the search: undefined takes one away. A new entry in the history only where told so. */
export function useSetSearch(): (
  changes: Readonly<Record<string, string | undefined>>,
  push?: boolean,
) => void {
  const navigate = useNavigate();
  return (changes, push = false) => {
    const search = (old: Search) =>
      Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== undefined));
    void navigate({ to: '.', search: search as never, replace: !push, resetScroll: false });
  };
}

/** One text of the search part, such as `const [sort, setSort] = useParam('sort', 'start')`; the default is not written. */
export function useParam(name: string, initially = ''): [string, (value: string) => void] {
  const search = useSearchTexts();
  const set = useSetSearch();
  return [search[name] ?? initially, (value) => set({ [name]: value === initially ? undefined : value })];
}

/** The company of the address; null outside of `/c/:company`. */
export function useCompanyId(): number | null {
  const { company } = useParams({ strict: false }) as { company?: string };
  const id = Number(company);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** Zone of everything that is shown: of the address, else of the preferences, else of the browser. */
export function useZone(): string {
  const { tz } = useSearchTexts();
  const preferred = usePreferences(({ zone }) => zone);
  return tz !== undefined && isZone(tz) ? tz : (preferred ?? browserZone());
}

/** The range of time of the page. */
export function useRange(): Range {
  const { range } = useSearchTexts();
  const zone = useZone();
  const hour = Math.floor(Date.now() / 3_600_000);
  return useMemo(() => readRange(range, zone, hour * 3_600_000), [range, zone, hour]);
}

export interface View {
  readonly companyId: number;
  readonly zone: string;
  readonly range: Range;
  /** The filter language's text, `user:ana* dur:>8h`. */
  readonly filter: string;
  /** Company, as endpoints take it in their path. */
  readonly params: { readonly companyId: number };
  /** Filter, range and zone, as all questions take them. */
  readonly query: {
    readonly filter: string;
    readonly from?: string;
    readonly to?: string;
    readonly timezone: string;
  };
}

/** The view of a page below `/c/:company`, ready to be given to `useAsk`. */
export function useView(): View {
  const companyId = useCompanyId() ?? 0;
  const zone = useZone();
  const range = useRange();
  const [filter] = useParam('q');
  return useMemo(() => {
    const from = range.fromMs === null ? {} : { from: new Date(range.fromMs).toISOString() };
    const to = range.toMs === null ? {} : { to: new Date(range.toMs).toISOString() };
    const query = { filter, ...from, ...to, timezone: zone };
    return { companyId, zone, range, filter, params: { companyId }, query };
  }, [companyId, zone, range, filter]);
}
