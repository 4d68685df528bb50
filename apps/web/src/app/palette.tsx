/** The palette of Ctrl+K (⌘K): pages, people, computers and commands by a few letters. */
import { listComputers, listPeople } from '@logonscope/protocol';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import { useAsk } from '../data/ask.ts';
import { prefer } from '../data/preferences.ts';
import { Dialog } from '../ui/index.ts';
import { usePowers } from './account.ts';
import { addressOfPlace, placesFor } from './navigation.ts';
import styles from './palette.module.css';

interface Hit {
  readonly key: string;
  readonly label: string;
  readonly kind: 'page' | 'person' | 'computer' | 'command';
  readonly run: () => void;
}

const KINDS = { page: 'Page', person: 'Person', computer: 'Computer', command: 'Command' } as const;
const HITS_MAX = 12;
const ASKED_MAX = 5;
const LETTERS_MIN = 2;

export interface PaletteProps {
  readonly companyId: number | null;
  readonly onOpen: (open: boolean) => void;
  readonly onFollow: (address: string) => void;
}

function usePlain(
  companyId: number | null,
  onFollow: PaletteProps['onFollow'],
): readonly (Hit & { words: string })[] {
  const powers = usePowers();
  return useMemo(() => {
    const pages = placesFor(powers, companyId).map((place) => ({
      key: `page ${place.group} ${place.path}`,
      label: place.group === 'installation' ? `${place.label} (installation)` : place.label,
      words: `${place.label} ${place.words ?? ''}`.toLowerCase(),
      kind: 'page' as const,
      run: () => onFollow(addressOfPlace(place, companyId)),
    }));
    const command = (label: string, run: () => void) => ({
      key: `command ${label}`,
      label,
      words: label.toLowerCase(),
      kind: 'command' as const,
      run,
    });
    return [
      ...pages,
      command('Theme: light', () => prefer({ theme: 'light' })),
      command('Theme: dark', () => prefer({ theme: 'dark' })),
      command('Theme: as the system', () => prefer({ theme: 'system' })),
      command('Density: compact', () => prefer({ density: 'compact' })),
      command('Density: comfortable', () => prefer({ density: 'comfortable' })),
      command('My account', () => onFollow('/account')),
      command('Help', () => onFollow('/help')),
    ];
  }, [powers, companyId, onFollow]);
}

/** People and computers whose names begin so, asked once at least two letters are there. */
function useNamed(
  companyId: number | null,
  text: string,
  onFollow: PaletteProps['onFollow'],
): readonly Hit[] {
  const input =
    companyId === null || text.length < LETTERS_MIN
      ? null
      : { params: { companyId }, query: { search: text, limit: ASKED_MAX } };
  const people = useAsk(listPeople, input, { freshMs: 30_000 });
  const computers = useAsk(listComputers, input, { freshMs: 30_000 });
  if (text.length < LETTERS_MIN) return [];
  const personHits = (people.data?.rows ?? []).map(({ id, name }) => ({
    key: `person ${id}`,
    label: name,
    kind: 'person' as const,
    run: () => onFollow(`/c/${companyId}/people/${encodeURIComponent(id)}`),
  }));
  const computerHits = (computers.data?.rows ?? []).map(({ name }) => ({
    key: `computer ${name}`,
    label: name,
    kind: 'computer' as const,
    run: () => onFollow(`/c/${companyId}/computers/${encodeURIComponent(name)}`),
  }));
  return [...personHits, ...computerHits];
}

interface HitListProps {
  readonly id: string;
  readonly hits: readonly Hit[];
  readonly chosen: number;
  readonly onRun: (hit: Hit) => void;
}

function HitList({ id, hits, chosen, onRun }: HitListProps) {
  return (
    <div id={id} role="listbox" aria-label="Found" className={styles.list}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a combobox are heard by its input.
        <div
          key={hit.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={styles.hit}
          onClick={() => onRun(hit)}
        >
          <span>{hit.label}</span>
          <span className="muted">{KINDS[hit.kind]}</span>
        </div>
      ))}
    </div>
  );
}

function Hits({ companyId, onFollow, onOpen }: PaletteProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const asked = useDeferredValue(text.trim());
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const plain = usePlain(companyId, onFollow).filter((hit) =>
    words.every((word) => hit.words.includes(word)),
  );
  const hits: readonly Hit[] = [...plain, ...useNamed(companyId, asked, onFollow)].slice(0, HITS_MAX);
  const chosen = Math.min(at, hits.length - 1);
  const run = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    onOpen(false);
    hit.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') run(hits[chosen]);
    if (step === 0) return;
    event.preventDefault();
    setAt((chosen + step + hits.length) % Math.max(1, hits.length));
  };
  return (
    <div>
      <input
        className={styles.input}
        // biome-ignore lint/a11y/noAutofocus: the palette was opened to be typed into.
        autoFocus
        // Dialogs give the focus to what says so, else to their first button.
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
        aria-label="Search pages, people, computers and commands"
        placeholder="Page, person, computer or command"
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <HitList id={listId} hits={hits} chosen={chosen} onRun={run} />
      <output className={hits.length === 0 ? 'muted' : 'visually-hidden'}>
        {hits.length === 0 ? 'Nothing found.' : `${hits.length} found`}
      </output>
    </div>
  );
}

export default function Palette(props: PaletteProps) {
  return (
    <Dialog open onClose={() => props.onOpen(false)} title="Go to">
      <Hits {...props} />
    </Dialog>
  );
}
