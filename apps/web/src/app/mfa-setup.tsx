/** Setting up an authenticator: the picture to photograph, its first code, and recovery codes that are shown once. */
import { confirmMfa, startMfa } from '@logonscope/protocol';
import { useState } from 'react';
import type { BodyOf } from '../data/source.ts';
import { useSource } from '../data/source.ts';
import { Button, Field, PasswordField, Row, Stack } from '../ui/index.ts';
import styles from './form.module.css';
import { useForm } from './form.ts';
import { FormError } from './form-error.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

const TEXT = {
  password: 'Your password',
  passwordHint: 'So that nobody else sets up an authenticator for you.',
  begin: 'Continue',
  scan: 'Photograph this code with an authenticator app, or type the secret into it.',
  qr: 'QR code for your authenticator app',
  secret: 'Secret',
  code: 'First code',
  codeHint: 'The six digits that the app shows now.',
  confirm: 'Confirm',
};

interface MfaSetupProps {
  /** False for people who sign in through a provider only. */
  readonly hasPassword: boolean;
  /** The password, where it was typed a moment ago. */
  readonly knownPassword?: string | null;
  readonly onDone: () => void;
}

function Begin({
  hasPassword,
  knownPassword,
  onBegun,
}: MfaSetupProps & { onBegun: (made: BodyOf<typeof startMfa>) => void }) {
  const source = useSource();
  const [password, setPassword] = useState(knownPassword ?? '');
  const asks = hasPassword && !knownPassword;
  const form = useForm(
    async () => {
      const { body } = await source.ask(startMfa, { body: hasPassword ? { password } : {} });
      onBegun(body);
    },
    asks ? ['password'] : [],
  );
  return (
    <form onSubmit={form.submit}>
      <Stack>
        {asks ? (
          <PasswordField
            label={TEXT.password}
            hint={TEXT.passwordHint}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            error={form.fields.password}
            required
          />
        ) : null}
        <FormError error={form.error} />
        <Row>
          <Button look="primary" type="submit" busy={form.busy}>
            {TEXT.begin}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

function Confirm({
  made,
  onCodes,
}: {
  made: BodyOf<typeof startMfa>;
  onCodes: (codes: readonly string[]) => void;
}) {
  const source = useSource();
  const [code, setCode] = useState('');
  const form = useForm(async () => {
    const { body } = await source.ask(confirmMfa, { body: { code: code.replaceAll(' ', '') } });
    onCodes(body.recoveryCodes);
  }, ['code']);
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <div>{TEXT.scan}</div>
        <img
          className={styles.qr}
          alt={TEXT.qr}
          src={`data:image/svg+xml,${encodeURIComponent(made.qrSvg)}`}
          width={200}
          height={200}
        />
        <div>
          {TEXT.secret}: <code className={styles.secret}>{made.secret}</code>
        </div>
        <Field
          label={TEXT.code}
          hint={TEXT.codeHint}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          error={form.fields.code}
          required
        />
        <FormError error={form.error} />
        <Row>
          <Button look="primary" type="submit" busy={form.busy}>
            {TEXT.confirm}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

export function MfaSetup(props: MfaSetupProps) {
  const [made, setMade] = useState<BodyOf<typeof startMfa> | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={props.onDone} />;
  if (made === null) return <Begin {...props} onBegun={setMade} />;
  return <Confirm made={made} onCodes={setCodes} />;
}
