/** One session explained: what it was, how its use time comes about, the events it rests on, and how sure all that is. */
import { type FindingCode, PROBLEMS } from '@logonscope/core';
import { getSession } from '@logonscope/protocol';
import { type ReactNode, useState } from 'react';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { type ExplainedSession, ledgerOf } from '../../parts/ledger/ledger.ts';
import { LedgerTable } from '../../parts/ledger/ledger-table.tsx';
import { ComputerLink, PageLink, PersonLink } from '../../parts/links.tsx';
import { SegmentBar, SegmentLegend } from '../../parts/segments/segment-bar.tsx';
import { EndMark, EndTime, StartTime, UseTime, useClock } from '../../parts/session/marks.tsx';
import { ToldEvents } from '../../parts/session/told-events.tsx';
import { exactLength, lengthText } from '../../parts/words/lengths.ts';
import { CERTAINTY, certaintyOfRow, KINDS, wordOf } from '../../parts/words/names.ts';
import { Answer, Badge, Fact, Facts, Panel, Stack, Tabs } from '../../ui/index.ts';
import styles from './session.module.css';

/** A session by its id, asked for and explained. For pages and drawers alike. */
export function SessionDetail({ sessionId, whole = false }: { sessionId: string; whole?: boolean }) {
  const { params } = useView();
  const asked = useAsk(getSession, { params: { ...params, sessionId } }, { forgetful: true });
  return <Answer of={asked}>{(session) => <Explained session={session} whole={whole} />}</Answer>;
}

/** `whole` shows all parts one below the other, as on paper; else they are tabs. */
function Explained({ session, whole }: { session: ExplainedSession; whole: boolean }) {
  const [tab, setTab] = useState<'ledger' | 'events' | 'about'>('ledger');
  const [marked, setMarked] = useState<string | null>(null);
  const onEvidence = (record: string) => {
    setMarked(record);
    setTab('events');
  };
  const ledger = <LedgerTable session={session} onEvidence={onEvidence} />;
  const events = <ToldEvents events={session.told} marked={marked} />;
  if (whole) {
    return (
      <Stack>
        <Summary session={session} />
        <Panel title="How the use time comes about">{ledger}</Panel>
        <Panel title={`Events (${session.told.length})`}>{events}</Panel>
        <Panel title="About this session">
          <About session={session} />
        </Panel>
      </Stack>
    );
  }
  return (
    <Stack>
      <Summary session={session} />
      <Tabs
        label="Parts of the session"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'ledger', label: 'How it comes about', panel: ledger },
          { value: 'events', label: `Events (${session.told.length})`, panel: events },
          { value: 'about', label: 'About', panel: <About session={session} /> },
        ]}
      />
    </Stack>
  );
}

function Summary({ session }: { session: ExplainedSession }) {
  const clock = useClock();
  const ledger = ledgerOf(session);
  const certainty = CERTAINTY[certaintyOfRow(session)];
  return (
    <Stack tight>
      <div className={styles.who}>
        <strong>
          <PersonLink account={session} full />
        </strong>
        <span>on</span>
        <strong>
          <ComputerLink name={session.computer} />
        </strong>
        <Badge>{wordOf(KINDS, session.kind).word}</Badge>
        {session.elevated ? <Badge tone="accent">elevated</Badge> : <Badge>standard user</Badge>}
        {session.coverage.lockData ? null : <Badge tone="warning">no lock data</Badge>}
      </div>
      <div className={styles.tiles}>
        <Figure
          name="Use time"
          value={<UseTime session={session} plain />}
          note={exactLength(ledger.useMs)}
        />
        <Figure name="Length" value={lengthText(ledger.grossMs)} note={exactLength(ledger.grossMs)} />
        <Figure
          name="Away"
          value={lengthText(session.awaySeconds.total * 1_000)}
          note={`locked ${lengthText(session.awaySeconds.locked * 1_000)}`}
        />
        <Figure
          name="How sure"
          value={certainty.word}
          note={
            ledger.leastMs === ledger.mostMs
              ? certainty.meaning
              : `${lengthText(ledger.leastMs)} to ${lengthText(ledger.mostMs)} in use`
          }
        />
      </div>
      <div>
        <SegmentBar session={session} tall />
        <div className={styles.axis}>
          <StartTime session={session} />
          <span>
            <EndTime session={session} /> <EndMark session={session} />
          </span>
        </div>
        <SegmentLegend />
      </div>
      <p className={styles.note}>All times in {clock.zone}. Logs indicate presence, they do not prove it.</p>
    </Stack>
  );
}

function Figure({ name, value, note }: { name: string; value: ReactNode; note: ReactNode }) {
  return (
    <div className={styles.figure}>
      <div>{name}</div>
      <strong>{value}</strong>
      <div>{note}</div>
    </div>
  );
}

function About({ session }: { session: ExplainedSession }) {
  const clock = useClock();
  const none = <span className="muted">not told</span>;
  const instant = (text: string | null) => (text === null ? none : clock.exact(Date.parse(text)));
  return (
    <Stack>
      <Facts>
        <Fact name="Account">
          <bdi>{session.domain === null ? session.user : `${session.domain}\\${session.user}`}</bdi>
        </Fact>
        <Fact name="SID">{session.sid ?? none}</Fact>
        <Fact name="Computer">
          <bdi>{session.computerFqdn ?? session.computer}</bdi>
        </Fact>
        <Fact name="Logon type">
          {session.logonType ?? none} · {wordOf(KINDS, session.kind).meaning}
        </Fact>
        <Fact name={session.logonIds.length > 1 ? 'Logon IDs (linked)' : 'Logon ID'}>
          {session.logonIds.length === 0 ? none : session.logonIds.map((id) => <code key={id}>{id} </code>)}
        </Fact>
        <Fact name="Terminal session">{session.terminalSessionId ?? none}</Fact>
        <Fact name="From address">{session.sourceAddress ?? none}</Fact>
        <Fact name="Client">{session.clientName === null ? none : <bdi>{session.clientName}</bdi>}</Fact>
        <Fact name="Start between">
          {instant(session.startEarliest)} and {instant(session.startLatest)}
        </Fact>
        <Fact name="End between">
          {session.endEarliest === null ? 'not known' : instant(session.endEarliest)} and{' '}
          {session.endLatest === null ? 'not known' : instant(session.endLatest)}
        </Fact>
        <Fact name="Counted up to">{instant(session.asOf)}</Fact>
        <Fact name="Session">
          <code>{session.id}</code>
        </Fact>
      </Facts>
      <Findings codes={session.findings} />
      <p>
        <PageLink page="timeline" search={{ session: session.id }}>
          Show on the timeline
        </PageLink>
      </p>
    </Stack>
  );
}

/** What does not add up in the log, in sentences. */
function Findings({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return <p className="muted">Nothing in the log contradicts this session.</p>;
  return (
    <ul className={styles.findings} aria-label="Findings">
      {codes.map((code) => {
        const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as FindingCode] : null;
        return (
          <li key={code}>
            <Badge tone={known?.severity === 'notice' ? 'plain' : 'warning'}>{code}</Badge>{' '}
            {known?.sentence ?? ''} {known?.advice ?? ''}
          </li>
        );
      })}
    </ul>
  );
}
