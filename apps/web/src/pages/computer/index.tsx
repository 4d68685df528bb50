/** One computer: who was there and how long, day by day, and how well it reports. */
import { getComputer } from '@logonscope/protocol';
import { useParams } from '@tanstack/react-router';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { Bars } from '../../parts/charts/bars.tsx';
import { condition } from '../../parts/filter/chips.ts';
import { PageLink } from '../../parts/links.tsx';
import { Presence } from '../../parts/presence/presence.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { agoText } from '../../parts/words/clock.ts';
import { count, counted, lengthText } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import { Answer, Badge, Columns, PageHeader, Panel, Stack, Tile } from '../../ui/index.ts';

const PEOPLE_SHOWN = 12;

export default function ComputerPage() {
  const { computer = '' } = useParams({ strict: false }) as { computer?: string };
  const { params, query } = useView();
  const { from, to } = query;
  const asked = useAsk(
    getComputer,
    { params: { ...params, computer }, query: { ...(from && { from }), ...(to && { to }) } },
    { forgetful: true },
  );
  return <Answer of={asked}>{(found) => <Computer computer={found} />}</Answer>;
}

function Computer({ computer }: { computer: BodyOf<typeof getComputer> }) {
  const filter = condition('host', computer.name);
  const { range } = useView();
  return (
    <>
      <PageHeader
        title={shownName(computer.name)}
        about={
          <>
            {computer.fqdn === null || computer.fqdn === computer.name ? '' : `${computer.fqdn} · `}
            {computer.site === null ? '' : `${computer.site} · `}
            {range.label}{' '}
            {computer.openSessions === 0 ? null : (
              <Badge tone="success">{computer.openSessions} on now</Badge>
            )}
          </>
        }
      >
        <PageLink page="timeline" search={{ by: 'computer', q: filter }}>
          Timeline
        </PageLink>
        <PageLink page="who" search={{ computer: computer.name }}>
          Who was on at a moment?
        </PageLink>
      </PageHeader>
      <Stack>
        <Figures computer={computer} filter={filter} />
        <Panel title={`People seen (${computer.seen.length})`}>
          <Bars
            label="People seen"
            rows={computer.seen.slice(0, PEOPLE_SHOWN).map(({ id, user, sessions, useSeconds }) => ({
              id,
              name: (
                <PageLink page={`people/${encodeURIComponent(id)}`} title={user.slice(0, 1_000)}>
                  <bdi>{shownName(user)}</bdi>
                </PageLink>
              ),
              value: useSeconds,
              text: `${lengthText(useSeconds * 1_000)} · ${counted(sessions, 'session')}`,
            }))}
          />
          {computer.seen.length > PEOPLE_SHOWN ? (
            <p className="muted">and {computer.seen.length - PEOPLE_SHOWN} more</p>
          ) : null}
        </Panel>
        <Presence filter={filter} of={computer.name} show="user" />
      </Stack>
    </>
  );
}

function Figures({ computer, filter }: { computer: BodyOf<typeof getComputer>; filter: string }) {
  const clock = useClock();
  const seen = (text: string | null) => (text === null ? 'never' : clock.dayMinute(Date.parse(text)));
  const reported = Date.parse(computer.reportedAt);
  return (
    <Columns min="narrow">
      <Tile name="Use time" value={lengthText(computer.useSeconds * 1_000)} note="of everybody, added up" />
      <Tile name="Sessions" value={count(computer.sessions)} note={`${computer.openSessions} open`} />
      <Tile name="People" value={count(computer.people)} />
      <Tile
        name="Failed logons"
        value={count(computer.failedLogons)}
        tone={computer.failedLogons > 0 ? 'warning' : 'plain'}
        note={
          <PageLink page="events" search={{ q: `${filter} event:logonFailed` }}>
            show
          </PageLink>
        }
      />
      <Tile
        name="Last seen"
        value={<small>{seen(computer.lastSeen)}</small>}
        note={`first ${seen(computer.firstSeen)}`}
      />
      <Tile
        name="Last report"
        value={<small>{agoText(reported, Date.now())}</small>}
        note={computer.agentVersion === null ? 'no version told' : `agent ${computer.agentVersion}`}
      />
    </Columns>
  );
}
