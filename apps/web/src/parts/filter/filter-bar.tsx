/** The filter of a page: chips one can negate, pause and edit, and a line of text that says the same. */
import type { FilterProblem } from '@logonscope/core';
import { CirclePause, CirclePlay, Pencil, Plus, Search, SquareSlash, X } from 'lucide-react';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Button, IconButton, Menu } from '../../ui/index.ts';
import {
  filterChoices,
  negated,
  paused,
  replacedChip,
  type ShownChip,
  shownChips,
  withChips,
  withoutChip,
} from './chips.ts';
import styles from './filter-bar.module.css';

export interface FilterBarProps {
  /** The text of the filter; the address holds it. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly subject: 'session' | 'event';
  /** Chips that the page's list cannot be asked, as answers tell. */
  readonly ignored?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly children?: ReactNode;
}

export function FilterBar({ text, onChange, subject, ignored = [], children }: FilterBarProps) {
  const { chips } = shownChips(text);
  const [typed, setTyped] = useState('');
  /** Which chip is being edited in the line of text; null is a new one, `all` the whole filter. */
  const [editing, setEditing] = useState<number | 'all' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const edit = (what: number | 'all' | null, initially: string) => {
    setEditing(what);
    setTyped(initially);
    input.current?.focus();
  };
  const apply = () => {
    if (shownChips(typed).problems.length > 0) return;
    if (editing === 'all') onChange(typed.trim());
    else if (editing === null) onChange(withChips(text, typed));
    else onChange(replacedChip(text, editing, typed));
    edit(null, '');
  };
  return (
    <search className={styles.bar}>
      <div className={styles.line}>
        <FilterLine
          inputRef={input}
          typed={typed}
          subject={subject}
          editing={editing !== null}
          onType={setTyped}
          onApply={apply}
          onCancel={() => edit(null, '')}
        />
        <AddMenu subject={subject} onPick={(example) => edit(null, example)} />
        {chips.length > 0 ? (
          <Button small look="quiet" onClick={() => edit('all', text)}>
            Edit as text
          </Button>
        ) : null}
        {children}
      </div>
      <Chips text={text} ignored={ignored} onChange={onChange} onEdit={edit} />
    </search>
  );
}

function Chips({
  text,
  ignored,
  onChange,
  onEdit,
}: {
  text: string;
  ignored: NonNullable<FilterBarProps['ignored']>;
  onChange: (text: string) => void;
  onEdit: (index: number, text: string) => void;
}) {
  const { chips } = shownChips(text);
  if (chips.length === 0) return null;
  const isIgnored = ({ chip }: ShownChip) =>
    ignored.some(({ key, value }) => key === chip.key && value === chip.value);
  return (
    <ul className={styles.chips} aria-label="Conditions">
      {chips.map((shown, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may be equal.
          key={index}
          shown={shown}
          ignored={isIgnored(shown)}
          onNegate={() => onChange(negated(text, index))}
          onPause={() => onChange(paused(text, index))}
          onEdit={() => onEdit(index, shown.text)}
          onRemove={() => onChange(withoutChip(text, index))}
        />
      ))}
      {chips.length > 1 ? (
        <li>
          <Button small look="quiet" onClick={() => onChange('')}>
            Remove all
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

interface FilterLineProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly typed: string;
  readonly subject: 'session' | 'event';
  readonly editing: boolean;
  readonly onType: (typed: string) => void;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}

const examples = (subject: 'session' | 'event') =>
  filterChoices(subject)
    .slice(0, 3)
    .map(({ example }) => example)
    .join(' ');

function FilterLine({ inputRef, typed, subject, editing, onType, onApply, onCancel }: FilterLineProps) {
  const problemId = useId();
  const [tried, setTried] = useState(false);
  const { problems } = shownChips(typed);
  const [problem] = problems;
  // While a word is being typed it is not wrong yet.
  const shows = problem !== undefined && (tried || problem.to < typed.length);
  useEffect(() => {
    if (typed === '') setTried(false);
  }, [typed]);
  const submit = () => {
    setTried(true);
    onApply();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && (typed !== '' || editing)) {
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <div className={styles.field}>
      <Search size={16} aria-hidden />
      <input
        ref={inputRef}
        type="text"
        value={typed}
        aria-label="Filter"
        aria-invalid={shows || undefined}
        aria-describedby={shows ? problemId : undefined}
        placeholder={`Filter, such as ${examples(subject)}`}
        spellCheck={false}
        autoComplete="off"
        maxLength={4_000}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {typed === '' ? null : (
        <Button small look="primary" onClick={submit}>
          {editing ? 'Apply' : 'Add'}
        </Button>
      )}
      {shows ? <Problem id={problemId} typed={typed} problem={problem} /> : null}
    </div>
  );
}

const AROUND_CHARS = 20;

/** What was not understood, marked in its place. */
function Problem({ id, typed, problem }: { id: string; typed: string; problem: FilterProblem }) {
  const { from, to, message } = problem;
  return (
    <div id={id} role="alert" className={styles.problem}>
      <code>
        {typed.slice(Math.max(0, from - AROUND_CHARS), from)}
        <mark>{typed.slice(from, to) || '␣'}</mark>
        {typed.slice(to, to + AROUND_CHARS)}
      </code>
      <span>{message}</span>
    </div>
  );
}

function AddMenu({ subject, onPick }: { subject: 'session' | 'event'; onPick: (example: string) => void }) {
  return (
    <Menu
      trigger={
        <Button small icon={<Plus size={14} aria-hidden />}>
          Condition
        </Button>
      }
      items={filterChoices(subject).map(({ key, label, example }) => ({
        label: (
          <span className={styles.choice} data-key={key}>
            <span>{label}</span>
            <code>{example}</code>
          </span>
        ),
        onClick: () => onPick(example),
      }))}
    />
  );
}

function Chip({
  shown: { chip, label, words, text },
  ignored,
  onNegate,
  onPause,
  onEdit,
  onRemove,
}: {
  shown: ShownChip;
  ignored: boolean;
  onNegate: () => void;
  onPause: () => void;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const Pause = chip.paused ? CirclePlay : CirclePause;
  const state = [...(chip.paused ? ['paused'] : []), ...(ignored ? ['has no say here'] : [])].join(', ');
  return (
    <li
      className={styles.chip}
      data-negated={chip.negated || undefined}
      data-paused={chip.paused || undefined}
    >
      <button type="button" className={styles.words} onClick={onEdit} title={`Edit ${text}`}>
        {label === '' ? null : <span className={styles.key}>{label}</span>}
        <span className={styles.value}>{words}</span>
        {state === '' ? null : <em>{state}</em>}
        <Pencil size={12} aria-hidden />
      </button>
      <IconButton label={chip.negated ? `Ask for ${text}` : `Exclude ${text}`} onClick={onNegate}>
        <SquareSlash size={14} aria-hidden />
      </IconButton>
      <IconButton label={chip.paused ? `Resume ${text}` : `Pause ${text}`} onClick={onPause}>
        <Pause size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${text}`} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
