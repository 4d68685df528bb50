/** A new account. Whoever is no global administrator makes plain users of companies of their own. */
import { createUser, type listCompanies, listUsers } from '@logonscope/protocol';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { usePasswordRules } from '../../../app/password-form.tsx';
import { useDeed } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import {
  Button,
  CheckField,
  Dialog,
  Field,
  PasswordField,
  Row,
  Select,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { type GlobalRole, TEXT } from './text.ts';

interface NewUserProps {
  readonly companies: readonly BodyOf<typeof listCompanies>['rows'][number][];
  readonly onClose: () => void;
}

const NO_COMPANY = 'none';

const ROLES = (['User', 'Admin', 'GlobalAdmin'] as const).map((value) => ({
  value,
  label: TEXT.roles[value],
}));

function RoleField({ role, onChange }: { role: GlobalRole; onChange: (role: GlobalRole) => void }) {
  return <Select label="Role" hint={TEXT.roleHint} value={role} onChange={onChange} choices={ROLES} />;
}

export function NewUser({ companies, onClose }: NewUserProps) {
  const { isGlobalAdmin } = usePowers();
  const rules = usePasswordRules();
  const create = useDeed(createUser, [listUsers]);
  const [username, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<GlobalRole>('User');
  const [active, setActive] = useState(true);
  const [company, setCompany] = useState(isGlobalAdmin ? NO_COMPANY : String(companies[0]?.id ?? NO_COMPANY));
  const form = useForm(async () => {
    const place = company === NO_COMPANY ? null : { companyId: Number(company) };
    await create.mutateAsync({ body: { username, email, password, role, active, company: place } });
    toast(`Account ${username} made.`);
    onClose();
  }, ['username', 'email', 'password', 'company']);
  const places = companies.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Dialog open onClose={onClose} title={TEXT.newUser}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            {...{ label: TEXT.name, hint: TEXT.nameHint, value: username, onChange: setName }}
            error={form.fields.username}
            autoComplete="off"
            autoFocus
            required
          />
          <Field
            {...{ label: TEXT.email, value: email, onChange: setEmail, type: 'email' }}
            error={form.fields.email}
            autoComplete="off"
            required
          />
          <PasswordField
            {...{ label: TEXT.firstPassword, hint: `${rules} ${TEXT.passwordAbout}` }}
            {...{ value: password, onChange: setPassword, error: form.fields.password }}
            autoComplete="new-password"
            required
          />
          {isGlobalAdmin ? <RoleField role={role} onChange={setRole} /> : null}
          <Select
            {...{ label: TEXT.company, value: company, onChange: setCompany, error: form.fields.company }}
            choices={isGlobalAdmin ? [{ value: NO_COMPANY, label: TEXT.noCompany }, ...places] : places}
          />
          <CheckField label="Active at once" value={active} onChange={setActive} />
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
