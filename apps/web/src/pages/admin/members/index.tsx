/** Members of a company: roles, newcomers, and whether they need a second factor. */
import { listMembers } from '@logonscope/protocol';
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { Guard } from '../../../app/guard.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Button, EmptyState, PageHeader, Panel, Stack } from '../../../ui/index.ts';
import { AddMember } from './add-member.tsx';
import { MemberTable } from './member-table.tsx';
import { MfaPolicy } from './mfa-policy.tsx';
import { NewMember } from './new-member.tsx';
import { TEXT } from './text.ts';

function Members() {
  const { params } = useView();
  const { isAdmin } = usePowers();
  const members = useAsk(listMembers, { params });
  const [open, setOpen] = useState<'new' | 'add' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        {isAdmin ? (
          <Button icon={<Users size={16} aria-hidden />} onClick={() => setOpen('add')}>
            {TEXT.addUser}
          </Button>
        ) : null}
        <Button look="primary" icon={<UserPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
          {TEXT.newUser}
        </Button>
      </PageHeader>
      <Stack>
        <Panel flush>
          <Answer of={members}>
            {({ rows }) =>
              rows.length === 0 ? <EmptyState title={TEXT.noMembers} /> : <MemberTable members={rows} />
            }
          </Answer>
        </Panel>
        <MfaPolicy />
      </Stack>
      {open === 'new' ? <NewMember onClose={close} /> : null}
      {open === 'add' ? (
        <AddMember memberIds={members.data?.rows.map(({ userId }) => userId) ?? []} onClose={close} />
      ) : null}
    </>
  );
}

export default function MembersPage() {
  const { isCompanyAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin} needs="company administrator">
      <Members />
    </Guard>
  );
}
