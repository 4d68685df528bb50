/** The connection of one's account with the sign-in provider, where there is one. */
import { connectProvider, disconnectProvider, getAccount, getSignInWays } from '@logonscope/protocol';
import { useState } from 'react';
import type { Account } from '../../app/account.ts';
import { useForm } from '../../app/form.ts';
import { FormError } from '../../app/form-error.tsx';
import { useAsk, useDeed } from '../../data/ask.ts';
import { useSource } from '../../data/source.ts';
import { Button, Dialog, Panel, PasswordField, Row, Stack, toast } from '../../ui/index.ts';
import { TEXT } from './text.ts';

function Connect({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const source = useSource();
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    const { body } = await source.ask(connectProvider, { body: hasPassword ? { password } : {} });
    location.assign(body.address);
  }, ['password']);
  return (
    <Dialog open onClose={onClose} title={TEXT.connect}>
      <form onSubmit={form.submit}>
        <Stack>
          {hasPassword ? (
            <PasswordField
              label="Your password"
              value={password}
              onChange={setPassword}
              autoComplete="current-password"
              error={form.fields.password}
              required
            />
          ) : null}
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Go to the provider
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

export function ProviderPanel({ account }: { account: Account }) {
  const ways = useAsk(getSignInWays, {}, { freshMs: 60_000 }).data;
  const disconnect = useDeed(disconnectProvider, [getAccount]);
  const [connecting, setConnecting] = useState(false);
  const form = useForm(async () => {
    await disconnect.mutateAsync({});
    toast('Disconnected from the provider.');
  });
  if (!ways?.provider) return null;
  return (
    <Panel title={TEXT.provider}>
      <Stack>
        <div>
          {ways.provider.label}. You signed in{' '}
          {account.signedInBy === 'provider' ? 'through it' : 'by password'}.
        </div>
        <FormError error={form.error} />
        <Row>
          <Button onClick={() => setConnecting(true)}>{TEXT.connect}</Button>
          {account.hasPassword ? (
            <Button busy={form.busy} onClick={() => form.submit()}>
              {TEXT.disconnect}
            </Button>
          ) : null}
        </Row>
      </Stack>
      {connecting ? <Connect hasPassword={account.hasPassword} onClose={() => setConnecting(false)} /> : null}
    </Panel>
  );
}
