/** The second factor of one's own account: set up, replace, renew the recovery codes, do without. */
import { disableMfa, getAccount, renewRecoveryCodes } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../app/account.ts';
import { useForm } from '../../app/form.ts';
import { FormError } from '../../app/form-error.tsx';
import { MfaSetup } from '../../app/mfa-setup.tsx';
import { RecoveryCodes } from '../../app/recovery-codes.tsx';
import { useSource } from '../../data/source.ts';
import { Badge, Button, Dialog, Field, Panel, PasswordField, Row, Stack, toast } from '../../ui/index.ts';
import { TEXT } from './text.ts';

type Open = 'set-up' | 'codes' | 'off' | null;

interface StepProps {
  readonly hasPassword: boolean;
  readonly onDone: () => void;
}

function NewCodes({ hasPassword, onDone }: StepProps) {
  const source = useSource();
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useForm(async () => {
    const { body } = await source.ask(renewRecoveryCodes, { body: hasPassword ? { password } : {} });
    setCodes(body.recoveryCodes);
  }, ['password']);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <div>{TEXT.newCodesAbout}</div>
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
          <Button onClick={onDone}>Cancel</Button>
          <Button look="primary" type="submit" busy={form.busy}>
            Make new codes
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

function DoWithout({ hasPassword, onDone }: StepProps) {
  const source = useSource();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const form = useForm(async () => {
    await source.ask(disableMfa, {
      body: { ...(hasPassword ? { password } : {}), code: code.replaceAll(' ', '') },
    });
    toast('The authenticator is no longer needed.');
    onDone();
  }, ['password', 'code']);
  return (
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
        <Field
          label="Code of your authenticator, or a recovery code"
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          error={form.fields.code}
          required
        />
        <FormError error={form.error} />
        <Row end>
          <Button onClick={onDone}>Cancel</Button>
          <Button look="danger" type="submit" busy={form.busy}>
            {TEXT.off}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

const TITLES = { 'set-up': TEXT.setUp, codes: TEXT.newCodes, off: TEXT.off } as const;

export function MfaPanel({ account }: { account: Account }) {
  const { mfaEnabled, mfaRequired, hasPassword } = account;
  const source = useSource();
  const cache = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const onDone = () => {
    setOpen(null);
    void cache.invalidateQueries({ queryKey: [source.id, getAccount.id] });
  };
  return (
    <Panel title={TEXT.mfa}>
      <Stack>
        <div>
          {mfaEnabled ? (
            <Badge tone="success" icon={<ShieldCheck size={14} aria-hidden />}>
              On
            </Badge>
          ) : (
            <Badge tone="warning" icon={<ShieldOff size={14} aria-hidden />}>
              Off
            </Badge>
          )}{' '}
          {mfaEnabled ? TEXT.mfaOn : TEXT.mfaOff} {mfaRequired ? TEXT.mfaRequired : ''}
        </div>
        <Row>
          <Button look={mfaEnabled ? 'default' : 'primary'} onClick={() => setOpen('set-up')}>
            {mfaEnabled ? TEXT.replace : TEXT.setUp}
          </Button>
          {mfaEnabled ? <Button onClick={() => setOpen('codes')}>{TEXT.newCodes}</Button> : null}
          {mfaEnabled && !mfaRequired ? <Button onClick={() => setOpen('off')}>{TEXT.off}</Button> : null}
        </Row>
      </Stack>
      {open === null ? null : (
        <Dialog open onClose={onDone} title={TITLES[open]}>
          {open === 'set-up' ? <MfaSetup hasPassword={hasPassword} onDone={onDone} /> : null}
          {open === 'codes' ? <NewCodes hasPassword={hasPassword} onDone={onDone} /> : null}
          {open === 'off' ? <DoWithout hasPassword={hasPassword} onDone={onDone} /> : null}
        </Dialog>
      )}
    </Panel>
  );
}
