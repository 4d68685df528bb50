/** Days of one's own choice, and whose clock is meant. */
import { useState } from 'react';
import { Button, Dialog, Field, Row, Select, Stack } from '../ui/index.ts';
import { isZone, localDate } from './local-time.ts';
import { rangeOfDays } from './range.ts';
import { useRange, useSetSearch, useZone } from './view.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

const TEXT = {
  title: 'Days and zone',
  first: 'First day',
  last: 'Last day',
  zone: 'Time zone',
  zoneHint: 'Days are cut by this zone, and times are shown in it.',
  order: 'The last day lies before the first.',
};

export default function OwnRange({ onClose }: { onClose: () => void }) {
  const range = useRange();
  const zone = useZone();
  const setSearch = useSetSearch();
  const nowMs = Date.now();
  const [first, setFirst] = useState(() => localDate(zone, range.fromMs ?? nowMs));
  const [last, setLast] = useState(() => localDate(zone, (range.toMs ?? nowMs) - 1));
  const [wanted, setWanted] = useState(zone);
  const isWrong = first === '' || last === '' || last < first;
  const apply = () => {
    setSearch({ range: rangeOfDays(wanted, first, last), tz: wanted }, true);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={TEXT.title}>
      <Stack>
        <Row>
          <Field label={TEXT.first} type="date" value={first} onChange={setFirst} />
          <Field
            label={TEXT.last}
            type="date"
            value={last}
            onChange={setLast}
            error={isWrong && last !== '' ? TEXT.order : null}
          />
        </Row>
        <Select
          label={TEXT.zone}
          hint={TEXT.zoneHint}
          search
          value={wanted}
          choices={[...new Set(['UTC', zone, ...ZONES])].map((value) => ({ value, label: value }))}
          onChange={(next) => isZone(next) && setWanted(next)}
        />
        <Row end>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isWrong} onClick={apply}>
            Show
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}
