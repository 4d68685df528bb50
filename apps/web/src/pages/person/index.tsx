/** One person: how long in use, on which computers, day by day, and what is worth a look. */
import { getPerson } from '@logonscope/protocol';
import { useParams } from '@tanstack/react-router';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { Bars } from '../../parts/charts/bars.tsx';
import { condition } from '../../parts/filter/chips.ts';
import { ComputerLink, PageLink } from '../../parts/links.tsx';
import { Presence } from '../../parts/presence/presence.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { count, counted, lengthText } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import { Answer, Badge, Columns, PageHeader, Panel, Stack, Tile } from '../../ui/index.ts';

const COMPUTERS_SHOWN = 12;

export default function PersonPage() {
  const { personId = '' } = useParams({ strict: false }) as { personId?: string };
  const { params, query } = useView();
  const { from, to } = query;
  const asked = useAsk(
    getPerson,
    { params: { ...params, personId }, query: { ...(from && { from }), ...(to && { to }) } },
    { forgetful: true },
  );
  return <Answer of={asked}>{(person) => <Person person={person} />}</Answer>;
}

function Person({ person }: { person: BodyOf<typeof getPerson> }) {
  const filter = condition('user', person.id);
  const { range } = useView();
  return (
    <>
      <PageHeader
        title={shownName(person.name)}
        about={
          <>
            {range.label} {person.openSessions === 0 ? null : <Badge tone="success">on now</Badge>}
          </>
        }
      >
        <PageLink page="timeline" search={{ q: filter }}>
          Timeline
        </PageLink>
        <PageLink page="who" search={{ user: person.name }}>
          Where at a moment?
        </PageLink>
      </PageHeader>
      <Stack>
        <Figures person={person} filter={filter} />
        <Panel title={`Computers used (${person.seenOn.length})`}>
          <Bars
            label="Computers used"
            rows={person.seenOn.slice(0, COMPUTERS_SHOWN).map(({ computer, sessions, useSeconds }) => ({
              id: computer,
              name: <ComputerLink name={computer} />,
              value: useSeconds,
              text: `${lengthText(useSeconds * 1_000)} · ${counted(sessions, 'session')}`,
            }))}
          />
          {person.seenOn.length > COMPUTERS_SHOWN ? (
            <p className="muted">and {person.seenOn.length - COMPUTERS_SHOWN} more</p>
          ) : null}
        </Panel>
        <Presence filter={filter} of={person.name} show="computer" />
      </Stack>
    </>
  );
}

function Figures({ person, filter }: { person: BodyOf<typeof getPerson>; filter: string }) {
  const clock = useClock();
  const seen = (text: string | null) => (text === null ? 'never' : clock.dayMinute(Date.parse(text)));
  return (
    <Columns min="narrow">
      <Tile
        name="Use time"
        value={lengthText(person.useSeconds * 1_000)}
        note={
          person.complete
            ? `${lengthText(person.useUnionSeconds * 1_000)} with each moment counted once`
            : 'Too many sessions to count each moment once'
        }
      />
      <Tile name="Sessions" value={count(person.sessions)} note={`${person.openSessions} open`} />
      <Tile name="Computers" value={count(person.computers)} />
      <Tile
        name="Failed logons"
        value={count(person.failedLogons)}
        tone={person.failedLogons > 0 ? 'warning' : 'plain'}
        note={
          <PageLink page="events" search={{ q: `${condition('user', person.user)} event:logonFailed` }}>
            show
          </PageLink>
        }
      />
      <Tile
        name="Elevated sessions"
        value={count(person.elevations)}
        note={
          <PageLink page="sessions" search={{ q: `${filter} elevated:yes` }}>
            show
          </PageLink>
        }
      />
      <Tile
        name="Last seen"
        value={<small>{seen(person.lastSeen)}</small>}
        note={`first ${seen(person.firstSeen)}`}
      />
    </Columns>
  );
}
