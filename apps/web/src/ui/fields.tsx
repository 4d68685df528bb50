/** Fields of forms that are written into or ticked: each has a label, may have a hint, and shows what is wrong beneath it. */
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import type { FieldProps } from './field.ts';
import styles from './fields.module.css';

interface FrameProps extends Pick<FieldProps<unknown>, 'label' | 'hint' | 'error' | 'required'> {
  readonly hideLabel?: boolean;
  /** Draws the control with what ties it to its label, hint and error. */
  readonly children: (ties: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** Label above, hint and error beneath. */
export function FieldFrame({
  label,
  hint,
  error,
  required = false,
  hideLabel = false,
  children,
}: FrameProps) {
  const id = useId();
  const isWrong = error !== null && error !== undefined && error !== '';
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(isWrong ? [`${id}-error`] : [])];
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
        {required ? <span aria-hidden className={styles.required} /> : null}
      </label>
      {hint === undefined ? null : (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
      {children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': isWrong || undefined,
      })}
      {isWrong ? (
        <div id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </div>
      ) : null}
    </div>
  );
}

type Native = Pick<
  ComponentProps<'input'>,
  | 'placeholder'
  | 'autoComplete'
  | 'inputMode'
  | 'autoFocus'
  | 'maxLength'
  | 'spellCheck'
  | 'list'
  | 'min'
  | 'max'
>;

interface TextProps extends FieldProps<string>, Native {
  readonly type?: 'text' | 'email' | 'search' | 'datetime-local' | 'date' | 'url';
  readonly icon?: ReactNode;
  readonly hideLabel?: boolean;
}

export function Field({
  label,
  hint,
  error,
  required,
  hideLabel = false,
  icon,
  onChange,
  ...rest
}: TextProps) {
  return (
    <FieldFrame {...{ label, hint, error, hideLabel }} {...(required === undefined ? {} : { required })}>
      {(ties) => (
        <div className={styles.box} data-icon={icon === undefined ? undefined : true}>
          {icon === undefined ? null : <span className={styles.icon}>{icon}</span>}
          <input
            type="text"
            required={required}
            className={styles.input}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
            data-autofocus={rest.autoFocus || undefined}
            {...ties}
            {...rest}
          />
        </div>
      )}
    </FieldFrame>
  );
}

interface PasswordProps extends FieldProps<string> {
  readonly autoComplete: 'current-password' | 'new-password';
  readonly autoFocus?: boolean;
}

/** A password, which may be pasted and shown; password managers know it by `autoComplete`. */
export function PasswordField({ label, hint, error, required, onChange, ...rest }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame {...{ label, hint, error }} {...(required === undefined ? {} : { required })}>
      {(ties) => (
        <div className={styles.box} data-button>
          <input
            type={shown ? 'text' : 'password'}
            required={required}
            spellCheck={false}
            className={styles.input}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
            data-autofocus={rest.autoFocus || undefined}
            {...ties}
            {...rest}
          />
          <button
            type="button"
            className={styles.reveal}
            aria-pressed={shown}
            aria-label="Show what is typed"
            onClick={() => setShown(!shown)}
          >
            <Icon size={16} aria-hidden />
          </button>
        </div>
      )}
    </FieldFrame>
  );
}

interface TickProps extends FieldProps<boolean> {
  /** A switch takes effect at once, a box with the rest of its form. */
  readonly role?: 'switch';
}

function Tick({ label, hint, error, value, onChange, ...rest }: TickProps) {
  const id = useId();
  return (
    <div className={styles.tick}>
      <input
        type="checkbox"
        id={id}
        checked={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        {...rest}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <div id={`${id}-hint`} className={styles.hint}>
            {hint}
          </div>
        )}
        {error ? (
          <div className={styles.error} role="alert">
            {error}
          </div>
        ) : null}
      </div>
    </div>
  );
}

export function CheckField(props: FieldProps<boolean>) {
  return <Tick {...props} />;
}

export function SwitchField(props: FieldProps<boolean>) {
  return <Tick {...props} role="switch" />;
}

export function TextAreaField({
  label,
  hint,
  error,
  required,
  onChange,
  ...rest
}: FieldProps<string> & { rows?: number }) {
  return (
    <FieldFrame {...{ label, hint, error }} {...(required === undefined ? {} : { required })}>
      {(ties) => (
        <textarea
          className={styles.input}
          required={required}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          {...ties}
          {...rest}
        />
      )}
    </FieldFrame>
  );
}

interface NumberProps extends FieldProps<number | null> {
  readonly min?: number;
  readonly max?: number;
  /** What is counted, after the field. */
  readonly unit?: string;
  readonly placeholder?: string;
}

/** A whole number; null while nothing, or no number, is in it. */
export function NumberField({ label, hint, error, required, value, unit, onChange, ...rest }: NumberProps) {
  return (
    <FieldFrame {...{ label, hint, error }} {...(required === undefined ? {} : { required })}>
      {(ties) => (
        <div className={styles.number}>
          <input
            type="number"
            inputMode="numeric"
            step={1}
            required={required}
            className={styles.input}
            value={value ?? ''}
            onChange={({ currentTarget: { value: text } }) => {
              const number = Number(text);
              onChange(text.trim() === '' || !Number.isInteger(number) ? null : number);
            }}
            {...ties}
            {...rest}
          />
          {unit === undefined ? null : <span className="muted">{unit}</span>}
        </div>
      )}
    </FieldFrame>
  );
}
