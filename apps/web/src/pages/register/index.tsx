/** Registering, where the installation lets people do so; an administrator activates the account. */
import { getRegistration, register } from '@logonscope/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from '../../app/form.ts';
import { FormError } from '../../app/form-error.tsx';
import { rulesText } from '../../app/password-form.tsx';
import { useAsk } from '../../data/ask.ts';
import { type BodyOf, useSource } from '../../data/source.ts';
import { Answer, Button, Field, PasswordField, Stack } from '../../ui/index.ts';
import styles from '../login/login.module.css';

const TEXT = {
  title: 'Register',
  closed: 'Registration is not open here. Ask an administrator for an account.',
  restricted: 'Addresses of the domains that your administrator allowed are accepted.',
  back: 'Back to the sign-in page',
  name: 'User name',
  nameHint: '2 to 20 letters, digits, dots, dashes, underscores or spaces.',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Register',
};

function RegisterForm({ about }: { about: BodyOf<typeof getRegistration> }) {
  const source = useSource();
  const [username, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const form = useForm(async () => {
    const { body } = await source.ask(register, { body: { username, email, password } });
    setMessage(body.message);
  }, ['username', 'email', 'password']);
  if (message !== null) return <output>{message}</output>;
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <Field
          label={TEXT.name}
          hint={TEXT.nameHint}
          value={username}
          onChange={setName}
          autoComplete="username"
          error={form.fields.username}
          required
        />
        <Field
          label={TEXT.email}
          hint={about.restrictDomains ? TEXT.restricted : undefined}
          type="email"
          value={email}
          onChange={setEmail}
          autoComplete="email"
          error={form.fields.email}
          required
        />
        <PasswordField
          label={TEXT.password}
          hint={rulesText(about.password)}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          error={form.fields.password}
          required
        />
        <FormError error={form.error} />
        <Button look="primary" type="submit" full busy={form.busy}>
          {TEXT.submit}
        </Button>
      </Stack>
    </form>
  );
}

export default function RegisterPage() {
  const asked = useAsk(getRegistration, {});
  return (
    <main className={styles.page}>
      <title>{`${TEXT.title} · Logonscope`}</title>
      <div className={styles.card}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1>{TEXT.title}</h1>
        <Stack>
          <Answer of={asked}>
            {(about) => (about.open ? <RegisterForm about={about} /> : <p>{TEXT.closed}</p>)}
          </Answer>
          <Link to="/login">{TEXT.back}</Link>
        </Stack>
      </div>
    </main>
  );
}
