/** The members, each with the role to change and the way out. */
import { listMembers, removeMember, setMemberRole } from '@logonscope/protocol';
import { useState } from 'react';
import { useAccount } from '../../../app/account.ts';
import { useAct } from '../../../app/act.ts';
import { useView } from '../../../app/view.ts';
import type { BodyOf } from '../../../data/source.ts';
import { Badge, Button, type Column, ConfirmDialog, Select, Table } from '../../../ui/index.ts';
import { type CompanyRole, TEXT } from './text.ts';

type Member = BodyOf<typeof listMembers>['rows'][number];

const ROLES = (Object.keys(TEXT.roles) as CompanyRole[]).map((value) => ({
  value,
  label: TEXT.roles[value],
}));

function RoleOf({ member }: { member: Member }) {
  const { companyId } = useView();
  const change = useAct(setMemberRole, [listMembers]);
  return (
    <Select
      label={`Role of ${member.username}`}
      hideLabel
      width={210}
      value={member.role}
      choices={ROLES}
      disabled={change.busy}
      onChange={(role) =>
        void change.run(
          { params: { companyId, userId: member.userId }, body: { role } },
          `${member.username} is now ${TEXT.roles[role].toLowerCase()}.`,
        )
      }
    />
  );
}

const columnsFor = (own: number | null, onLeave: (member: Member) => void): readonly Column<Member>[] => [
  {
    id: 'name',
    head: 'User',
    main: true,
    sort: ({ username }) => username,
    cell: ({ username, userId }) => (
      <>
        {username} {userId === own ? <Badge tone="accent">you</Badge> : null}
      </>
    ),
  },
  { id: 'email', head: 'E-mail', cell: ({ email }) => email, sort: ({ email }) => email },
  {
    id: 'state',
    head: 'Account',
    sort: ({ active }) => (active ? 0 : 1),
    cell: ({ active }) =>
      active ? <Badge tone="success">Active</Badge> : <Badge tone="warning">Inactive</Badge>,
  },
  {
    id: 'mfa',
    head: 'Second factor',
    sort: ({ mfaEnabled }) => (mfaEnabled ? 0 : 1),
    cell: ({ mfaEnabled }) => (mfaEnabled ? 'set up' : '–'),
  },
  {
    id: 'role',
    head: 'Role here',
    sort: ({ role }) => role,
    cell: (member) => <RoleOf member={member} />,
  },
  {
    id: 'remove',
    head: <span className="visually-hidden">Actions</span>,
    cell: (member) => (
      <Button small onClick={() => onLeave(member)} aria-label={`Remove ${member.username}`}>
        Remove
      </Button>
    ),
  },
];

export function MemberTable({ members }: { members: readonly Member[] }) {
  const { companyId } = useView();
  const account = useAccount();
  const remove = useAct(removeMember, [listMembers]);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const part = async (member: Member) => {
    await remove.run(
      { params: { companyId, userId: member.userId } },
      `${member.username} no longer belongs to the company.`,
    );
    setLeaving(null);
  };
  return (
    <>
      <Table
        label={TEXT.title}
        rows={members}
        rowKey={({ userId }) => userId}
        initialSort={{ column: 'name' }}
        columns={columnsFor(account?.id ?? null, setLeaving)}
      />
      {leaving === null ? null : (
        <ConfirmDialog
          open
          onClose={() => setLeaving(null)}
          title={`${TEXT.remove}: ${leaving.username}`}
          action="Remove"
          busy={remove.busy}
          onConfirm={() => void part(leaving)}
        >
          {TEXT.removeAbout}
        </ConfirmDialog>
      )}
    </>
  );
}
