/** A new person of this company. */
import { createUser, listMembers, listUsers } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { usePasswordRules } from '../../../app/password-form.tsx';
import { useView } from '../../../app/view.ts';
import { useDeed } from '../../../data/ask.ts';
import { Button, Dialog, Field, PasswordField, Row, Select, Stack, toast } from '../../../ui/index.ts';
import { type CompanyRole, TEXT } from './text.ts';

const ROLES = (['User', 'CompanyAdmin'] as const).map((value) => ({ value, label: TEXT.roles[value] }));

export function NewMember({ onClose }: { onClose: () => void }) {
  const { companyId } = useView();
  const rules = usePasswordRules();
  const create = useDeed(createUser, [listMembers, listUsers]);
  const [username, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<CompanyRole>('User');
  const form = useForm(async () => {
    await create.mutateAsync({ body: { username, email, password, company: { companyId, role } } });
    toast(`${username} can sign in now.`);
    onClose();
  }, ['username', 'email', 'password']);
  return (
    <Dialog open onClose={onClose} title={TEXT.newUser}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            label={TEXT.name}
            hint={TEXT.nameHint}
            value={username}
            onChange={setName}
            error={form.fields.username}
            autoComplete="off"
            autoFocus
            required
          />
          <Field
            label={TEXT.email}
            type="email"
            value={email}
            onChange={setEmail}
            error={form.fields.email}
            autoComplete="off"
            required
          />
          <PasswordField
            label={TEXT.password}
            hint={`${rules} ${TEXT.passwordAbout}`}
            value={password}
            onChange={setPassword}
            error={form.fields.password}
            autoComplete="new-password"
            required
          />
          <Select label={TEXT.role} value={role} onChange={setRole} choices={ROLES} />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Make account
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
