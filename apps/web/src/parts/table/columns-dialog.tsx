/** Which columns a table shows, and how close its rows stand: chosen once, remembered in this browser. */
import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { prefer, usePreferences } from '../../data/preferences.ts';
import { Button, CheckField, Dialog, Row, Segments, Stack } from '../../ui/index.ts';

export interface ColumnChoice {
  readonly id: string;
  readonly title: string;
}

export function ColumnsButton({
  choices,
  shown,
  initially,
  onChange,
}: {
  choices: readonly ColumnChoice[];
  shown: readonly string[];
  initially: readonly string[];
  onChange: (shown: readonly string[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const density = usePreferences((preferences) => preferences.density);
  /** The order is the table's own, whatever was switched on last. */
  const toggle = (id: string, on: boolean) =>
    onChange(choices.map((one) => one.id).filter((one) => (one === id ? on : shown.includes(one))));
  return (
    <>
      <Button icon={<Columns3 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Columns
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Columns and density">
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
            <Button look="primary" onClick={() => setOpen(false)}>
              Done
            </Button>
          </Row>
        </Stack>
      </Dialog>
    </>
  );
}
