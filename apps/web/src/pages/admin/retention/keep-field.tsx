/** How long one kind of data is kept: as the installation says, for ever, or so many days. */
import { NumberField, Row, Select } from '../../../ui/index.ts';
import { daysText, type Kind, TEXT } from './text.ts';

type Way = 'inherit' | 'ever' | 'days';

const DAYS_DEFAULT = 365;
const DAYS_MAX = 36_500;

interface KeepFieldProps {
  readonly kind: Kind;
  /** Null follows the installation, 0 is for ever. */
  readonly days: number | null;
  readonly inForce: number;
  readonly error: string | undefined;
  readonly onChange: (days: number | null) => void;
}

export function KeepField({ kind, days, inForce, error, onChange }: KeepFieldProps) {
  const { name, hint } = TEXT.kinds[kind];
  const way: Way = days === null ? 'inherit' : days === 0 ? 'ever' : 'days';
  const choose = (next: Way) => onChange(next === 'inherit' ? null : next === 'ever' ? 0 : DAYS_DEFAULT);
  return (
    <Row>
      <Select
        label={name}
        hint={hint}
        value={way}
        onChange={choose}
        width={320}
        error={error}
        choices={[
          {
            value: 'inherit',
            label: way === 'inherit' ? `As the installation (${daysText(inForce)})` : 'As the installation',
          },
          { value: 'ever', label: 'For ever' },
          { value: 'days', label: 'So many days' },
        ]}
      />
      {way === 'days' ? (
        <NumberField
          label={`Days for ${name.toLowerCase()}`}
          unit="days"
          min={1}
          max={DAYS_MAX}
          value={days}
          onChange={(next) => onChange(next === null || next === 0 ? DAYS_DEFAULT : next)}
        />
      ) : null}
    </Row>
  );
}
