/** Fields that offer what there is to choose from. */
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { Select as MantineSelect } from '@mantine/core';
import type { FieldProps } from './field.ts';

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

/** One of several; with `search` for long lists. */
export function Select<V extends string>({
  choices,
  onChange,
  hint,
  error,
  search = false,
  hideLabel = false,
  label,
  ...rest
}: FieldProps<V> & { choices: readonly Choice<V>[]; search?: boolean; hideLabel?: boolean; width?: number }) {
  const { width, ...others } = rest;
  return (
    <MantineSelect
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={hint}
      error={error ?? null}
      data={choices.map(({ value, label: text }) => ({ value, label: text }))}
      searchable={search}
      allowDeselect={false}
      nothingFoundMessage="Nothing found"
      comboboxProps={{ withinPortal: true }}
      maxDropdownHeight={320}
      {...(width === undefined ? {} : { w: width })}
      onChange={(next) => next !== null && onChange(next as V)}
      {...others}
    />
  );
}
