/** Fields of forms: each has a label, may have a hint, and shows what is wrong beneath it. */
import {
  Checkbox,
  Select as MantineSelect,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly name?: string;
}

interface TextProps extends FieldProps<string> {
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'url' | 'search';
  readonly type?: 'text' | 'email' | 'search' | 'datetime-local' | 'date' | 'url';
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly icon?: ReactNode;
  readonly hideLabel?: boolean;
  readonly spellCheck?: boolean;
  readonly list?: string;
}

export function Field({ onChange, hint, error, icon, hideLabel = false, label, ...rest }: TextProps) {
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={hint}
      error={error ?? null}
      {...(icon === undefined ? {} : { leftSection: icon })}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...rest}
    />
  );
}

/** A password, which may be pasted and shown; password managers know it by `autoComplete`. */
export function PasswordField({
  onChange,
  hint,
  error,
  ...rest
}: FieldProps<string> & { autoComplete: 'current-password' | 'new-password'; autoFocus?: boolean }) {
  return (
    <PasswordInput
      description={hint}
      error={error ?? null}
      visibilityToggleButtonProps={{
        'aria-label': 'Show or hide the password',
        tabIndex: 0,
        'aria-hidden': false,
      }}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...rest}
    />
  );
}

/** A whole number; null while nothing, or no number, is in it. */
export function NumberField({
  onChange,
  hint,
  error,
  value,
  ...rest
}: FieldProps<number | null> & { min?: number; max?: number; suffix?: string; placeholder?: string }) {
  return (
    <NumberInput
      description={hint}
      error={error ?? null}
      value={value ?? ''}
      allowDecimal={false}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      {...rest}
    />
  );
}

export function TextAreaField({ onChange, hint, error, ...rest }: FieldProps<string> & { rows?: number }) {
  return (
    <Textarea
      description={hint}
      error={error ?? null}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...rest}
    />
  );
}

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

export function CheckField({ value, onChange, hint, error, ...rest }: FieldProps<boolean>) {
  return (
    <Checkbox
      checked={value}
      description={hint}
      error={error ?? null}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      {...rest}
    />
  );
}

export function SwitchField({ value, onChange, hint, error, ...rest }: FieldProps<boolean>) {
  return (
    <Switch
      checked={value}
      description={hint}
      error={error ?? null}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      {...rest}
    />
  );
}

/** Few choices side by side, such as views of a page. */
export function Segments<V extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  label: string;
  value: V;
  onChange: (value: V) => void;
  choices: readonly { readonly value: V; readonly label: ReactNode }[];
}) {
  const name = useId();
  return (
    <SegmentedControl
      aria-label={label}
      name={name}
      value={value}
      onChange={(next) => onChange(next as V)}
      data={choices.map(({ value: one, label: text }) => ({ value: one, label: text }))}
    />
  );
}
