/** Facets: what the sessions found have in common, with counts; a press asks for one of them. */
import type { FilterKey } from '@logonscope/core';
import { facetSessions } from '@logonscope/protocol';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { Answer } from '../../ui/index.ts';
import { count } from '../words/lengths.ts';
import { CERTAINTY, ENDS, KINDS, shownName, wordOf } from '../words/names.ts';
import { holdsCondition, toggledCondition } from './chips.ts';
import styles from './facets.module.css';

type Facet = BodyOf<typeof facetSessions>['facets'][number];

const TITLES: Readonly<Record<string, string>> = {
  type: 'Kind of logon',
  end: 'How it ended',
  cert: 'Certainty',
  elevated: 'Elevated',
  site: 'Site',
  user: 'User',
  host: 'Computer',
};

function valueWord(key: string, value: string): string {
  if (key === 'type') return wordOf(KINDS, value).word;
  if (key === 'end') return wordOf(ENDS, value).word;
  if (key === 'cert') return wordOf(CERTAINTY, value).word;
  return shownName(value);
}

export interface FacetsProps {
  readonly params: { readonly companyId: number };
  readonly query: { readonly filter: string; readonly timezone: string };
  readonly onFilter: (text: string) => void;
}

export function Facets({ params, query, onFilter }: FacetsProps) {
  const asked = useAsk(facetSessions, { params, query });
  return (
    <aside className={styles.facets} aria-label="Narrow by what they have in common">
      <Answer of={asked} rows={12}>
        {({ facets }) =>
          facets
            .filter(({ key, values }) => values.length > 1 || holdsAny(query.filter, key, values))
            .map((facet) => (
              <FacetList key={facet.key} facet={facet} filter={query.filter} onFilter={onFilter} />
            ))
        }
      </Answer>
    </aside>
  );
}

const holdsAny = (filter: string, key: string, values: Facet['values']) =>
  values.some(({ value }) => holdsCondition(filter, key as FilterKey, value));

function FacetList({
  facet: { key, values, complete },
  filter,
  onFilter,
}: {
  facet: Facet;
  filter: string;
  onFilter: (text: string) => void;
}) {
  const most = Math.max(1, ...values.map(({ sessions }) => sessions));
  return (
    <section className={styles.facet}>
      <h2>{TITLES[key] ?? key}</h2>
      <ul>
        {values.map(({ value, sessions }) => {
          const pressed = holdsCondition(filter, key as FilterKey, value);
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={pressed}
                className={styles.value}
                onClick={() => onFilter(toggledCondition(filter, key as FilterKey, value))}
              >
                <span className={styles.share} style={{ width: `${(100 * sessions) / most}%` }} aria-hidden />
                <bdi className={styles.word} title={value.slice(0, 1_000)}>
                  {valueWord(key, value)}
                </bdi>
                <span className={styles.count}>{count(sessions)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {complete ? null : <p className="muted">The most frequent; there are more.</p>}
    </section>
  );
}
