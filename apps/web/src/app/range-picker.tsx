/** Range and zone of the page: named ranges, or days of one's own. All of it goes into the address. */
import { CalendarRange } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button, Menu } from '../ui/index.ts';
import { RANGE_DEFAULT, RANGES } from './range.ts';
import { useRange, useSetSearch, useZone } from './view.ts';

const OwnRange = lazy(() => import('./own-range.tsx'));

export function RangePicker() {
  const range = useRange();
  const zone = useZone();
  const setSearch = useSetSearch();
  const [picking, setPicking] = useState(false);

  return (
    <>
      <Menu
        trigger={
          <Button
            icon={<CalendarRange size={16} aria-hidden />}
            aria-label={`Range: ${range.label}, ${zone}`}
          >
            {range.label}
            <span className="muted">&nbsp;· {zone}</span>
          </Button>
        }
        items={[
          ...RANGES.map(([name, label]) => ({
            label,
            checked: range.text === name,
            onClick: () => setSearch({ range: name === RANGE_DEFAULT ? undefined : name }, true),
          })),
          null,
          { label: 'Other days, other zone…', onClick: () => setPicking(true) },
        ]}
      />
      <Suspense>{picking ? <OwnRange onClose={() => setPicking(false)} /> : null}</Suspense>
    </>
  );
}
