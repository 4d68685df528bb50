/** The accounts as rows. */
import { listUsers, setUserActive } from '@logonscope/protocol';
import { useAccount } from '../../../app/account.ts';
import { useAct } from '../../../app/act.ts';
import { Time } from '../../../app/time.tsx';
import type { BodyOf } from '../../../data/source.ts';
import { Badge, Button, Row, Table } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

export type User = BodyOf<typeof listUsers>['rows'][number];

interface UserTableProps {
  readonly users: readonly User[];
  readonly companiesOf: (companies: User['companies']) => string;
  readonly onOpen: (user: User) => void;
}

function Actions({ user, onOpen }: { user: User; onOpen: (user: User) => void }) {
  const activate = useAct(setUserActive, [listUsers]);
  const change = () =>
    void activate.run(
      { params: { userId: user.id }, body: { active: true } },
      `${user.username} can sign in now.`,
    );
  return (
    <Row>
      {user.active ? null : (
        <Button
          small
          look="primary"
          busy={activate.busy}
          onClick={change}
          aria-label={`Activate ${user.username}`}
        >
          Activate
        </Button>
      )}
      <Button small onClick={() => onOpen(user)} aria-label={`Open ${user.username}`}>
        Open
      </Button>
    </Row>
  );
}

export function UserTable({ users, companiesOf, onOpen }: UserTableProps) {
  const own = useAccount()?.id;
  return (
    <Table
      label={TEXT.title}
      rows={users}
      rowKey={({ id }) => id}
      initialSort={{ column: 'name' }}
      columns={[
        {
          id: 'name',
          head: 'User',
          main: true,
          sort: ({ username }) => username,
          cell: ({ id, username }) => (
            <>
              {username} {id === own ? <Badge tone="accent">you</Badge> : null}
            </>
          ),
        },
        { id: 'email', head: 'E-mail', cell: ({ email }) => email, sort: ({ email }) => email },
        { id: 'role', head: 'Role', sort: ({ role }) => role, cell: ({ role }) => TEXT.roles[role] },
        {
          id: 'companies',
          head: 'Companies',
          cell: ({ companies }) => (companies.length === 0 ? '–' : companiesOf(companies)),
        },
        {
          id: 'state',
          head: 'State',
          sort: ({ active }) => (active ? 1 : 0),
          cell: ({ active }) =>
            active ? <Badge tone="success">Active</Badge> : <Badge tone="warning">Inactive</Badge>,
        },
        {
          id: 'mfa',
          head: 'Second factor',
          sort: ({ mfaEnabled }) => (mfaEnabled ? 1 : 0),
          cell: ({ mfaEnabled }) => (mfaEnabled ? 'set up' : '–'),
        },
        {
          id: 'login',
          head: 'Last sign-in',
          sort: ({ lastLoginAt }) => lastLoginAt ?? '',
          cell: ({ lastLoginAt }) => <Time at={lastLoginAt} none="never" />,
        },
        {
          id: 'actions',
          head: <span className="visually-hidden">Actions</span>,
          cell: (user) => <Actions user={user} onOpen={onOpen} />,
        },
      ]}
    />
  );
}
