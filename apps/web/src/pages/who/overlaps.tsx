/** Who had a session at the same time as a user, on the same computers or anywhere, within the page's range. */
import { listOverlaps } from '@logonscope/protocol';
import { useParam, useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { ComputerLink, PageLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { lengthText } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import { Answer, type Column, EmptyState, Field, Row, Segments, Stack, Table } from '../../ui/index.ts';

type Overlap = BodyOf<typeof listOverlaps>['rows'][number];

/** More lines help nobody; the longest are shown. */
const SHOWN = 200;
const YEAR_MS = 366 * 86_400_000;

export function Overlaps() {
  const { params, range } = useView();
  const [user, setUser] = useParam('user');
  const [anywhere, setAnywhere] = useParam('anywhere', 'no');
  const name = user.trim();
  const toMs = range.toMs ?? (Math.floor(Date.now() / 3_600_000) + 1) * 3_600_000;
  const fromMs = range.fromMs ?? toMs - YEAR_MS;
  const query = {
    user: name,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    anywhere: anywhere === 'yes' ? ('yes' as const) : ('no' as const),
  };
  const asked = useAsk(listOverlaps, name === '' ? null : { params, query });
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
        <Segments
          label="Where"
          value={query.anywhere}
          onChange={setAnywhere}
          choices={[
            { value: 'no', label: 'On the same computers' },
            { value: 'yes', label: 'Anywhere' },
          ]}
        />
      </Row>
      {name === '' ? (
        <p className="muted">Type the name of a user. The range is that of the page: {range.label}.</p>
      ) : (
        <Answer of={asked} rows={4}>
          {({ rows, complete }) => <Found rows={rows} isComplete={complete} name={name} />}
        </Answer>
      )}
    </Stack>
  );
}

function useColumns(): readonly Column<Overlap>[] {
  const clock = useClock();
  return [
    {
      id: 'account',
      head: 'Who',
      main: true,
      sort: (row) => row.account,
      cell: ({ account }) => <bdi>{shownName(account)}</bdi>,
    },
    {
      id: 'computer',
      head: 'Where',
      cell: ({ computer, otherComputer }) => (
        <>
          <ComputerLink name={otherComputer} />
          {computer === otherComputer ? '' : ` while on ${computer}`}
        </>
      ),
    },
    {
      id: 'from',
      head: 'From',
      sort: (row) => row.from,
      cell: ({ from }) => clock.dayMinute(Date.parse(from)),
    },
    { id: 'to', head: 'To', cell: ({ to }) => clock.dayMinute(Date.parse(to)) },
    {
      id: 'overlap',
      head: 'At the same time',
      numeric: true,
      sort: (row) => row.overlapSeconds,
      cell: ({ overlapSeconds }) => lengthText(overlapSeconds * 1_000),
    },
    {
      id: 'both',
      head: 'Both in use',
      numeric: true,
      sort: (row) => row.bothInUseSeconds,
      cell: ({ bothInUseSeconds }) => lengthText(bothInUseSeconds * 1_000),
    },
    {
      id: 'session',
      head: <span className="visually-hidden">Session</span>,
      cell: ({ otherSessionId }) => <PageLink page={`sessions/${otherSessionId}`}>session</PageLink>,
    },
  ];
}

function Found({ rows, isComplete, name }: { rows: readonly Overlap[]; isComplete: boolean; name: string }) {
  const columns = useColumns();
  if (rows.length === 0) {
    return (
      <EmptyState title={`Nobody else was there at the same time as ${name}`}>In this range.</EmptyState>
    );
  }
  const shown = [...rows].sort((a, b) => b.overlapSeconds - a.overlapSeconds).slice(0, SHOWN);
  return (
    <>
      <Table
        label="Sessions at the same time"
        rows={shown}
        columns={columns}
        rowKey={(row) => `${row.sessionId} ${row.otherSessionId} ${row.from}`}
      />
      <p className="muted">
        {rows.length > SHOWN ? `The longest ${SHOWN} of ${rows.length}. ` : ''}
        {isComplete ? '' : 'There were too many sessions to compare them all: choose a shorter range.'}
      </p>
    </>
  );
}
