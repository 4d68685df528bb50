/** Accounts of the portal: find, make, change, activate, delete. */
import { listCompanies, listUsers } from '@logonscope/protocol';
import { Search, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { Guard } from '../../../app/guard.tsx';
import { useParam } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Button, EmptyState, Field, PageHeader, Panel, Stack } from '../../../ui/index.ts';
import { NewUser } from './new-user.tsx';
import { TEXT } from './text.ts';
import { UserSheet } from './user-sheet.tsx';
import { UserTable } from './user-table.tsx';

function Users() {
  const users = useAsk(listUsers, {});
  const companies = useAsk(listCompanies, {}).data?.rows ?? [];
  const [find, setFind] = useParam('find');
  const [chosen, setChosen] = useParam('user');
  const [making, setMaking] = useState(false);
  const names = new Map(companies.map(({ id, name }) => [id, name]));
  const companiesOf = (ids: readonly { companyId: number }[]) =>
    ids.map(({ companyId }) => names.get(companyId) ?? `#${companyId}`).join(', ');
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const person = users.data?.rows.find(({ id }) => String(id) === chosen);
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        <Button look="primary" icon={<UserPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {TEXT.newUser}
        </Button>
      </PageHeader>
      <Stack>
        <Field
          label={TEXT.find}
          hideLabel
          type="search"
          placeholder={TEXT.find}
          icon={<Search size={16} aria-hidden />}
          value={find}
          onChange={setFind}
        />
        <Panel flush>
          <Answer of={users}>
            {({ rows }) => {
              const found = rows.filter((user) => {
                const text = `${user.username} ${user.email} ${companiesOf(user.companies)}`.toLowerCase();
                return words.every((word) => text.includes(word));
              });
              if (found.length === 0) return <EmptyState title={TEXT.none} />;
              return (
                <UserTable
                  users={found}
                  companiesOf={companiesOf}
                  onOpen={({ id }) => setChosen(String(id))}
                />
              );
            }}
          </Answer>
        </Panel>
      </Stack>
      {making ? <NewUser companies={companies} onClose={() => setMaking(false)} /> : null}
      {person === undefined ? null : (
        <UserSheet key={person.id} user={person} companiesOf={companiesOf} onClose={() => setChosen('')} />
      )}
    </>
  );
}

export default function UsersPage() {
  const { isAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isAdmin} needs="administrator">
      <Users />
    </Guard>
  );
}
