/** One of several, by the browser's own control: nothing to load, at home on phones, known to every screen reader. */
import { useId } from 'react';
import styles from './plain-select.module.css';

export interface PlainSelectProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

export function PlainSelect<V extends string>({
  label,
  hideLabel = false,
  value,
  choices,
  onChange,
}: PlainSelectProps<V>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value as V)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
