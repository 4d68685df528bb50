/** One account: name, role, second factor, password, sessions, end. What one may not do oneself is not offered. */
import {
  deleteUser,
  editUser,
  endUserSessions,
  listUsers,
  requireUserMfa,
  resetUserMfa,
  setUserActive,
  setUserRole,
} from '@logonscope/protocol';
import { useState } from 'react';
import { useAccount, usePowers } from '../../../app/account.ts';
import { useAct } from '../../../app/act.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Time } from '../../../app/time.tsx';
import { useDeed } from '../../../data/ask.ts';
import {
  Badge,
  Button,
  ConfirmDialog,
  Drawer,
  Fact,
  Facts,
  Field,
  Panel,
  Row,
  Select,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { NewPassword } from './new-password.tsx';
import { type GlobalRole, TEXT } from './text.ts';
import type { User } from './user-table.tsx';

interface SheetProps {
  readonly user: User;
  readonly companiesOf: (companies: User['companies']) => string;
  readonly onClose: () => void;
}

function Named({ user }: { user: User }) {
  const edit = useDeed(editUser, [listUsers]);
  const [username, setName] = useState(user.username);
  const [email, setEmail] = useState(user.email);
  const form = useForm(async () => {
    await edit.mutateAsync({ params: { userId: user.id }, body: { username, email } });
    toast('Saved.');
  }, ['username', 'email']);
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <Field
          {...{ label: TEXT.name, value: username, onChange: setName, error: form.fields.username }}
          autoComplete="off"
          required
        />
        <Field
          {...{
            label: TEXT.email,
            value: email,
            onChange: setEmail,
            error: form.fields.email,
            type: 'email',
          }}
          autoComplete="off"
          required
        />
        <FormError error={form.error} />
        <Row>
          <Button type="submit" busy={form.busy}>
            Save
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

type MfaChoice = keyof typeof TEXT.mfaChoices;

/** What only a global administrator decides. */
function Rules({ user }: { user: User }) {
  const params = { userId: user.id };
  const role = useAct(setUserRole, [listUsers]);
  const mfa = useAct(requireUserMfa, [listUsers]);
  const wish = user.mfaRequired === null ? 'inherit' : user.mfaRequired ? 'required' : 'exempt';
  const isOneself = useAccount()?.id === user.id;
  return (
    <Stack>
      {isOneself ? null : (
        <Select
          label="Role"
          hint={TEXT.roleHint}
          value={user.role}
          disabled={role.busy}
          choices={(Object.keys(TEXT.roles) as GlobalRole[]).map((value) => ({
            value,
            label: TEXT.roles[value],
          }))}
          onChange={(next) => void role.run({ params, body: { role: next } }, 'The role is changed.')}
        />
      )}
      <Select
        label="Second factor"
        value={wish}
        disabled={mfa.busy}
        choices={(Object.keys(TEXT.mfaChoices) as MfaChoice[]).map((value) => ({
          value,
          label: TEXT.mfaChoices[value],
        }))}
        onChange={(next) => {
          const required = next === 'inherit' ? null : next === 'required';
          void mfa.run({ params, body: { required } }, 'The rule is changed.');
        }}
      />
    </Stack>
  );
}

type Question = 'reset-mfa' | 'sessions' | 'delete';

const QUESTIONS: Readonly<Record<Question, { readonly title: string; readonly about: string }>> = {
  'reset-mfa': { title: TEXT.resetMfa, about: TEXT.resetMfaAbout },
  sessions: { title: TEXT.endSessions, about: TEXT.endSessionsAbout },
  delete: { title: TEXT.remove, about: TEXT.removeAbout },
};

interface AskedProps {
  readonly question: Question;
  readonly user: User;
  readonly onClose: () => void;
  /** The account is gone. */
  readonly onDeleted: () => void;
}

/** Asks before it is done. */
function Asked({ question, user, onClose, onDeleted }: AskedProps) {
  const params = { userId: user.id };
  const mfa = useAct(resetUserMfa, [listUsers]);
  const sessions = useAct(endUserSessions, []);
  const remove = useAct(deleteUser, [listUsers]);
  const act = {
    'reset-mfa': () => mfa.run({ params }, 'Taken away.'),
    sessions: () => sessions.run({ params }, `${user.username} is signed out everywhere.`),
    delete: () => remove.run({ params }, `Account ${user.username} deleted.`),
  }[question];
  const confirm = async () => {
    const done = await act();
    onClose();
    if (done && question === 'delete') onDeleted();
  };
  const { title, about } = QUESTIONS[question];
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${title}: ${user.username}`}
      action={title}
      busy={mfa.busy || sessions.busy || remove.busy}
      {...(question === 'delete' ? { typed: user.username } : {})}
      onConfirm={() => void confirm()}
    >
      {about}
    </ConfirmDialog>
  );
}

function Deeds({ user, onClose }: { user: User; onClose: () => void }) {
  const isOneself = useAccount()?.id === user.id;
  const active = useAct(setUserActive, [listUsers]);
  const [question, setQuestion] = useState<Question | null>(null);
  const [resetting, setResetting] = useState(false);
  const next = !user.active;
  const toggle = () =>
    void active.run(
      { params: { userId: user.id }, body: { active: next } },
      next ? 'Active.' : 'Inactive; signed out everywhere.',
    );
  return (
    <Stack tight>
      <Row>
        {isOneself ? null : (
          <Button busy={active.busy} onClick={toggle}>
            {user.active ? 'Deactivate' : 'Activate'}
          </Button>
        )}
        <Button onClick={() => setResetting(true)}>{TEXT.reset}</Button>
        {user.mfaEnabled ? <Button onClick={() => setQuestion('reset-mfa')}>{TEXT.resetMfa}</Button> : null}
        <Button onClick={() => setQuestion('sessions')}>{TEXT.endSessions}</Button>
        {isOneself ? null : (
          <Button look="danger" onClick={() => setQuestion('delete')}>
            {TEXT.remove}
          </Button>
        )}
      </Row>
      {resetting ? <NewPassword user={user} onClose={() => setResetting(false)} /> : null}
      {question === null ? null : (
        <Asked question={question} user={user} onClose={() => setQuestion(null)} onDeleted={onClose} />
      )}
    </Stack>
  );
}

export function UserSheet({ user, companiesOf, onClose }: SheetProps) {
  const { isGlobalAdmin } = usePowers();
  return (
    <Drawer open onClose={onClose} title={user.username}>
      <Stack>
        <Facts>
          <Fact name="State">
            {user.active ? <Badge tone="success">Active</Badge> : <Badge tone="warning">Inactive</Badge>}
          </Fact>
          <Fact name="Role">{TEXT.roles[user.role]}</Fact>
          <Fact name="Companies">{user.companies.length === 0 ? 'none' : companiesOf(user.companies)}</Fact>
          <Fact name="Made">
            <Time at={user.createdAt} />
          </Fact>
          <Fact name="Last sign-in">
            <Time at={user.lastLoginAt} none="never" />
          </Fact>
        </Facts>
        <Panel title="Name and address">
          <Named user={user} />
        </Panel>
        {isGlobalAdmin ? (
          <Panel title="Rules">
            <Rules user={user} />
          </Panel>
        ) : null}
        <Panel title="Account">
          <Deeds user={user} onClose={onClose} />
        </Panel>
      </Stack>
    </Drawer>
  );
}
