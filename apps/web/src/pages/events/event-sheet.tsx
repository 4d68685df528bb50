/** One event with everything its record says, as facts and as JSON. */
import { getEvent } from '@logonscope/protocol';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { condition } from '../../parts/filter/chips.ts';
import { ComputerLink, PageLink, PersonLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { placeText } from '../../parts/session/told-events.tsx';
import { Answer, CopyButton, Drawer, Fact, Facts, Row, Stack } from '../../ui/index.ts';
import styles from './events.module.css';
import { SignalMark } from './signal-mark.tsx';

type Told = BodyOf<typeof getEvent>;

export default function EventSheet({
  eventId,
  open,
  onClose,
}: {
  eventId: string;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Drawer open={open} onClose={onClose} title="Event" wide>
      {eventId === '' ? null : <EventDetail key={eventId} eventId={eventId} />}
    </Drawer>
  );
}

function EventDetail({ eventId }: { eventId: string }) {
  const { params } = useView();
  const asked = useAsk(getEvent, { params: { ...params, eventId } }, { forgetful: true });
  return <Answer of={asked}>{(event) => <Detail event={event} />}</Answer>;
}

/** Names of fields that the facts above the JSON show in words. */
const TOLD_ABOVE = [
  'id',
  'time',
  'signal',
  'user',
  'domain',
  'sid',
  'computer',
  'source',
  'detail',
  'receivedAt',
  'site',
];

function Detail({ event }: { event: Told }) {
  const clock = useClock();
  const json = JSON.stringify(event, null, 2);
  const rest = Object.entries(event).filter(([name, value]) => !TOLD_ABOVE.includes(name) && value !== null);
  return (
    <Stack>
      <Facts>
        <Fact name="What">
          <SignalMark signal={event.signal} />
        </Fact>
        <Fact name="Time">{clock.exact(Date.parse(event.time))}</Fact>
        <Fact name="User">
          <PersonLink account={event} full />
        </Fact>
        <Fact name="Computer">
          <ComputerLink name={event.computer} />
        </Fact>
        <Fact name="Stands in">
          <bdi>{placeText(event)}</bdi>
        </Fact>
        <Fact name="Received">{clock.exact(Date.parse(event.receivedAt))}</Fact>
        {event.site === null ? null : <Fact name="Site">{event.site}</Fact>}
        {rest.map(([name, value]) => (
          <Fact key={name} name={name}>
            <bdi>{String(value)}</bdi>
          </Fact>
        ))}
      </Facts>
      <Row>
        <CopyButton text={json} what="JSON" />
        <PageLink
          page="sessions"
          search={{
            q: [
              condition('host', event.computer),
              ...(event.user === null ? [] : [condition('user', event.user)]),
            ].join(' '),
          }}
        >
          Sessions of this user here
        </PageLink>
      </Row>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard. */}
      <section className={styles.json} aria-label="The event as JSON" tabIndex={0}>
        <pre>{json}</pre>
      </section>
    </Stack>
  );
}
