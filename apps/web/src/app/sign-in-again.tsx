/** The session ended while a page was open: asks for the password in place, so that nothing typed is lost. */
import { login } from '@logonscope/protocol';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useSource } from '../data/source.ts';
import { rememberToken, settleSignIn } from '../data/visit.ts';
import { Button, Dialog, PasswordField, Row, Stack, wordsOf } from '../ui/index.ts';

const TEXT = {
  title: 'Sign in again',
  about: (name: string) => `The session of ${name} ended. What is on this page stays as it is.`,
  more: 'This account needs one more step; you are led to the sign-in page.',
};

export default function SignInAgain({ username }: { username: string }) {
  const source = useSource();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const giveUp = () => {
    settleSignIn(false);
    void navigate({ to: '/login', search: { next: location.pathname + location.search } as never });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { body } = await source.ask(login, { body: { login: username, password } });
      rememberToken(body.csrfToken);
      setPassword('');
      if (body.state === 'full') settleSignIn(true);
      else giveUp();
    } catch (refused) {
      setError(wordsOf(refused).detail || wordsOf(refused).title);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={giveUp} title={TEXT.title} stubborn>
      <form onSubmit={submit}>
        <Stack>
          <p>{TEXT.about(username)}</p>
          <PasswordField
            label="Password"
            value={password}
            onChange={setPassword}
            error={error}
            autoComplete="current-password"
            autoFocus
          />
          <Row end>
            <Button onClick={giveUp}>Leave</Button>
            <Button look="primary" type="submit" busy={busy}>
              Sign in
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
