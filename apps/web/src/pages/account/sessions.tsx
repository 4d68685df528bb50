/** The browsers in which one is signed in, each to be signed out from here. */
import { endPortalSession, listPortalSessions } from '@logonscope/protocol';
import { Time } from '../../app/time.tsx';
import { useAsk, useDeed } from '../../data/ask.ts';
import { Answer, Badge, Button, Panel, Table, toast, wordsOf } from '../../ui/index.ts';
import { browserName } from './browser-name.ts';
import { TEXT } from './text.ts';

export function SessionsPanel() {
  const asked = useAsk(listPortalSessions, {});
  const end = useDeed(endPortalSession, [listPortalSessions]);
  const leave = (id: string) =>
    end.mutate(
      { params: { id } },
      {
        onSuccess: () => toast('Signed out there.'),
        onError: (error) => toast(wordsOf(error).detail || wordsOf(error).title, 'trouble'),
      },
    );
  return (
    <Panel title={TEXT.sessions} flush>
      <Answer of={asked} rows={2}>
        {({ rows }) => (
          <Table
            label={TEXT.sessions}
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'browser',
                head: 'Browser',
                main: true,
                cell: ({ userAgent, current }) => (
                  <span title={userAgent ?? undefined}>
                    {browserName(userAgent)} {current ? <Badge tone="accent">{TEXT.here}</Badge> : null}
                  </span>
                ),
              },
              { id: 'address', head: 'Address', cell: ({ address }) => address ?? '–' },
              { id: 'created', head: 'Signed in', cell: ({ createdAt }) => <Time at={createdAt} /> },
              { id: 'seen', head: 'Last used', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
              { id: 'expires', head: 'Ends by', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
              {
                id: 'end',
                head: <span className="visually-hidden">Actions</span>,
                cell: ({ id, current }) =>
                  current ? null : (
                    <Button small busy={end.isPending} onClick={() => leave(id)}>
                      {TEXT.endSession}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </Panel>
  );
}
