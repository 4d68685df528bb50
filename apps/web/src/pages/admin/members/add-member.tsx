/** Makes somebody who has an account a member. */
import { addMember, listMembers, listUsers } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk, useDeed } from '../../../data/ask.ts';
import { Answer, Button, Dialog, EmptyState, Row, Select, Stack, toast } from '../../../ui/index.ts';
import { type CompanyRole, TEXT } from './text.ts';

interface AddMemberProps {
  readonly memberIds: readonly number[];
  readonly onClose: () => void;
}

export function AddMember({ memberIds, onClose }: AddMemberProps) {
  const { params } = useView();
  const users = useAsk(listUsers, {});
  const add = useDeed(addMember, [listMembers, listUsers]);
  const [userId, setUserId] = useState('');
  const [role, setRole] = useState<CompanyRole>('User');
  const form = useForm(async () => {
    await add.mutateAsync({ params, body: { userId: Number(userId), role } });
    toast('Added to the company.');
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={TEXT.addUser}>
      <Answer of={users} rows={3}>
        {({ rows }) => {
          const others = rows.filter(({ id }) => !memberIds.includes(id));
          if (others.length === 0) return <EmptyState title="Everybody you may see belongs to it already" />;
          return (
            <form onSubmit={form.submit}>
              <Stack>
                <Select
                  label="Person"
                  search
                  value={userId}
                  onChange={setUserId}
                  choices={others.map(({ id, username, email }) => ({
                    value: String(id),
                    label: `${username} (${email})`,
                  }))}
                  required
                />
                <Select
                  label={TEXT.role}
                  value={role}
                  onChange={setRole}
                  choices={[
                    { value: 'User', label: TEXT.roles.User },
                    { value: 'CompanyAdmin', label: TEXT.roles.CompanyAdmin },
                  ]}
                />
                <FormError error={form.error} />
                <Row end>
                  <Button onClick={onClose}>Cancel</Button>
                  <Button look="primary" type="submit" busy={form.busy} disabled={userId === ''}>
                    Add
                  </Button>
                </Row>
              </Stack>
            </form>
          );
        }}
      </Answer>
    </Dialog>
  );
}
