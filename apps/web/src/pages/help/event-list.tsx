/** Every event that is understood, from the engine's own tables. */
import { PROVIDERS } from '@logonscope/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Field, Panel, Stack, Table } from '../../ui/index.ts';
import { TEXT } from './text.ts';

const EVENTS = PROVIDERS.flatMap(({ provider, channel, events }) =>
  events.map(({ id, name, signal, audit, channel: own }) => ({
    ...{ id, name, provider, signal, needs: audit ?? 'nothing', channel: own ?? channel },
    key: `${provider} ${own ?? channel} ${id}`,
  })),
);

export default function EventList() {
  const [find, setFind] = useState('');
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = EVENTS.filter(({ id, name, provider, signal }) => {
    const text = `${id} ${name} ${provider} ${signal}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <Panel title={TEXT.events}>
      <Stack>
        <div className="muted">{TEXT.eventsAbout}</div>
        <Field
          label={TEXT.find}
          type="search"
          icon={<Search size={16} aria-hidden />}
          value={find}
          onChange={setFind}
        />
        <Table
          label={TEXT.events}
          rows={shown}
          rowKey={({ key }) => key}
          columns={[
            { id: 'id', head: 'ID', numeric: true, cell: ({ id }) => id, sort: ({ id }) => id },
            { id: 'name', head: 'Event', main: true, cell: ({ name }) => name, sort: ({ name }) => name },
            {
              id: 'signal',
              head: 'Says',
              cell: ({ signal }) => <code>{signal}</code>,
              sort: ({ signal }) => signal,
            },
            { id: 'channel', head: 'Log', cell: ({ channel }) => channel, sort: ({ channel }) => channel },
            { id: 'needs', head: 'Needs', cell: ({ needs }) => needs, sort: ({ needs }) => needs },
          ]}
        />
      </Stack>
    </Panel>
  );
}
