/** Who was on a computer, and where a user was, at one moment. */
import { whereWas, whoWas } from '@logonscope/protocol';
import { useState } from 'react';
import { useParam, useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { ComputerLink, PersonLink } from '../../parts/links.tsx';
import { SegmentBar } from '../../parts/segments/segment-bar.tsx';
import { EndMark, EndTime, StartTime, useClock } from '../../parts/session/marks.tsx';
import { REASONS, wordOf } from '../../parts/words/names.ts';
import { Answer, Badge, type Column, EmptyState, Field, Row, Stack, Table } from '../../ui/index.ts';
import { SessionDrawer } from '../session/session-drawer.tsx';
import { MomentField, useMoment } from './moment.tsx';
import styles from './who.module.css';

type Presence = BodyOf<typeof whoWas>['rows'][number];

const STATE_WORDS: Readonly<Record<string, string>> = {
  active: 'in use',
  idle: 'idle (screen saver)',
  loggingOff: 'logging off',
  unknown: 'not known',
};
const stateWord = (state: string) =>
  Object.hasOwn(STATE_WORDS, state) ? STATE_WORDS[state]! : wordOf(REASONS, state).word;

export function WhoWas() {
  const { params } = useView();
  const [computer, setComputer] = useParam('computer');
  const { atMs } = useMoment();
  const name = computer.trim();
  const at = new Date(atMs).toISOString();
  const asked = useAsk(whoWas, name === '' ? null : { params, query: { computer: name, at } });
  return (
    <Stack>
      <Row>
        <Field
          label="Computer"
          value={computer}
          onChange={setComputer}
          placeholder="PC-0012"
          maxLength={255}
        />
        <MomentField />
      </Row>
      {name === '' ? (
        <p className="muted">Type the name of a computer.</p>
      ) : (
        <Answer of={asked} rows={3}>
          {({ rows }) => <Presences rows={rows} atMs={atMs} nobody={`Nobody was on ${name}`} />}
        </Answer>
      )}
    </Stack>
  );
}

export function WhereWas() {
  const { params } = useView();
  const [user, setUser] = useParam('user');
  const { atMs } = useMoment();
  const name = user.trim();
  const at = new Date(atMs).toISOString();
  const asked = useAsk(whereWas, name === '' ? null : { params, query: { user: name, at } });
  return (
    <Stack>
      <Row>
        <Field
          label="User"
          value={user}
          onChange={setUser}
          placeholder="ana, CORP\ana or a SID"
          maxLength={255}
        />
        <MomentField />
      </Row>
      {name === '' ? (
        <p className="muted">Type the name of a user.</p>
      ) : (
        <Answer of={asked} rows={3}>
          {({ rows }) => <Presences rows={rows} atMs={atMs} nobody={`${name} was on no computer`} />}
        </Answer>
      )}
    </Stack>
  );
}

function useColumns(): readonly Column<Presence>[] {
  const clock = useClock();
  return [
    {
      id: 'certainty',
      head: 'How sure',
      cell: ({ certainty }) => (
        <Badge tone={certainty === 'surely' ? 'success' : 'warning'}>{certainty}</Badge>
      ),
    },
    { id: 'user', head: 'User', main: true, cell: ({ session }) => <PersonLink account={session} full /> },
    { id: 'computer', head: 'Computer', cell: ({ session }) => <ComputerLink name={session.computer} /> },
    {
      id: 'state',
      head: 'State then',
      cell: ({ state, since }) => (
        <span>
          {stateWord(state)}
          {since === null ? '' : `, since ${clock.minute(Date.parse(since))}`}
        </span>
      ),
    },
    { id: 'start', head: 'Logon', cell: ({ session }) => <StartTime session={session} /> },
    {
      id: 'end',
      head: 'End',
      cell: ({ session }) => (
        <>
          <EndTime session={session} /> <EndMark session={session} />
        </>
      ),
    },
    {
      id: 'bar',
      head: 'What happened',
      wideOnly: true,
      cell: ({ session }) => (
        <span className={styles.bar}>
          <SegmentBar session={session} />
        </span>
      ),
    },
  ];
}

function Presences({ rows, atMs, nobody }: { rows: readonly Presence[]; atMs: number; nobody: string }) {
  const clock = useClock();
  const columns = useColumns();
  const [openId, setOpenId] = useState('');
  const moment = clock.full(atMs);
  if (rows.length === 0) {
    return (
      <EmptyState title={`${nobody}, ${moment}`}>
        No session in the log lasted at that moment. That the log has none does not prove that nobody was
        there.
      </EmptyState>
    );
  }
  return (
    <>
      <Table
        label={`Sessions at ${moment}`}
        rows={rows}
        columns={columns}
        rowKey={({ session }) => session.id}
        onRowClick={({ session }) => setOpenId(session.id)}
      />
      <SessionDrawer rows={rows.map(({ session }) => session)} openId={openId} onOpen={setOpenId} />
    </>
  );
}
