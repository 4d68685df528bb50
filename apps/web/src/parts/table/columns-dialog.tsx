/** Which columns a table shows, and how close its rows stand: the dialog behind the button. */
import { prefer, usePreferences } from '../../data/preferences.ts';
import { Button, CheckField, Dialog, Row, Segments, Stack } from '../../ui/index.ts';

interface ColumnChoice {
  readonly id: string;
  readonly title: string;
}

export interface ColumnsProps {
  readonly choices: readonly ColumnChoice[];
  readonly shown: readonly string[];
  readonly initially: readonly string[];
  readonly onChange: (shown: readonly string[]) => void;
}

export default function ColumnsDialog({
  choices,
  shown,
  initially,
  onChange,
  open,
  onClose,
}: ColumnsProps & { open: boolean; onClose: () => void }) {
  const density = usePreferences((preferences) => preferences.density);
  /** The order is the table's own, whatever was switched on last. */
  const toggle = (id: string, on: boolean) =>
    onChange(choices.map((one) => one.id).filter((one) => (one === id ? on : shown.includes(one))));
  return (
    <Dialog open={open} onClose={onClose} title="Columns and density">
      <Stack>
        <Segments
          label="Density"
          value={density}
          onChange={(value) => prefer({ density: value })}
          choices={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
        <Stack tight>
          {choices.map(({ id, title }) => (
            <CheckField
              key={id}
              label={title}
              value={shown.includes(id)}
              disabled={shown.length === 1 && shown.includes(id)}
              onChange={(on) => toggle(id, on)}
            />
          ))}
        </Stack>
        <Row end>
          <Button onClick={() => onChange(initially)}>As at first</Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}
