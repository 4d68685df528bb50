/** Asks for the zone of files whose times have none: a guess would shift every session unseen. */
import { useState } from 'react';
import { Button, Panel, Row, Select, Stack } from '../../ui/index.ts';
import { readFiles, type Waiting } from './files.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map(
  (value) => ({ value, label: value }),
);

export function ZoneQuestion({ waiting: { files, peeked } }: { waiting: Waiting }) {
  const [zone, setZone] = useState('');
  const without = peeked.filter(({ needsZone }) => needsZone);
  return (
    <Panel title="In which zone were these written?">
      <Stack>
        <p>
          {without.map(({ name }) => name).join(', ')}: times in{' '}
          {without.length === 1 ? 'this file' : 'these files'} carry no zone. They are local times of the
          computer that wrote them.
        </p>
        <Select label="Time zone" choices={ZONES} value={zone} onChange={setZone} search />
        <Row>
          <Button look="primary" disabled={zone === ''} onClick={() => void readFiles(files, zone)}>
            Read the files
          </Button>
        </Row>
      </Stack>
    </Panel>
  );
}
