/** The second factor: six digits, or a recovery code. */
import { sendCode } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../app/form.ts';
import { useSource } from '../../data/source.ts';
import { rememberToken } from '../../data/visit.ts';
import { Button, Field, Stack } from '../../ui/index.ts';
import { TEXT } from './text.ts';

export function CodeStep({ onDone }: { onDone: () => Promise<void> }) {
  const source = useSource();
  const [code, setCode] = useState('');
  const [recovering, setRecovering] = useState(false);
  const form = useForm(async () => {
    // Apps show the digits in two groups, and people copy the gap too.
    const { body } = await source.ask(sendCode, { body: { code: code.replaceAll(' ', '') } });
    rememberToken(body.csrfToken);
    await onDone();
  });
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <Field
          key={String(recovering)}
          label={recovering ? TEXT.recovery : TEXT.code}
          hint={recovering ? TEXT.recoveryHint : TEXT.codeHint}
          value={code}
          onChange={setCode}
          autoComplete={recovering ? 'off' : 'one-time-code'}
          inputMode={recovering ? 'text' : 'numeric'}
          autoFocus
          error={form.error}
          required
        />
        <Button look="primary" type="submit" full busy={form.busy}>
          {TEXT.signIn}
        </Button>
        <Button
          look="quiet"
          full
          onClick={() => {
            setRecovering(!recovering);
            setCode('');
          }}
        >
          {recovering ? TEXT.useCode : TEXT.useRecovery}
        </Button>
      </Stack>
    </form>
  );
}
