/** Choosing a new password, with the rules of this installation said beforehand. */
import { changePassword, getRegistration } from '@logonscope/protocol';
import { useState } from 'react';
import { useAsk } from '../data/ask.ts';
import type { BodyOf } from '../data/source.ts';
import { useSource } from '../data/source.ts';
import { rememberToken } from '../data/visit.ts';
import { Button, PasswordField, Row, Stack } from '../ui/index.ts';
import { useForm } from './form.ts';
import { FormError } from './form-error.tsx';

type Rules = BodyOf<typeof getRegistration>['password'];

/** The rules as a sentence. */
export function rulesText({ minLength, digitsAndMixedCase, specials, specialCharacters }: Rules): string {
  const more = [
    ...(digitsAndMixedCase ? ['digits, capital and small letters'] : []),
    ...(specials ? [`one of ${specialCharacters}`] : []),
  ];
  return `At least ${minLength} characters${more.length === 0 ? '' : `, with ${more.join(' and ')}`}.`;
}

/** The sentence for forms with a new password; empty until it is known. */
export function usePasswordRules(): string {
  const rules = useAsk(getRegistration, {}, { freshMs: 60_000 }).data?.password;
  return rules === undefined ? '' : rulesText(rules);
}

interface PasswordFormProps {
  /** The password of now, where it was typed a moment ago. */
  readonly knownPassword?: string | null;
  readonly onDone: () => void | Promise<void>;
}

export function PasswordForm({ knownPassword, onDone }: PasswordFormProps) {
  const source = useSource();
  const rules = usePasswordRules();
  const [password, setPassword] = useState(knownPassword ?? '');
  const [newPassword, setNewPassword] = useState('');
  const form = useForm(async () => {
    const { body } = await source.ask(changePassword, { body: { password, newPassword } });
    rememberToken(body.csrfToken);
    setPassword('');
    setNewPassword('');
    await onDone();
  }, ['password', 'newPassword']);
  return (
    <form onSubmit={form.submit}>
      <Stack>
        {knownPassword ? null : (
          <PasswordField
            label="Current password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            error={form.fields.password}
            required
          />
        )}
        <PasswordField
          label="New password"
          hint={rules}
          value={newPassword}
          onChange={setNewPassword}
          autoComplete="new-password"
          error={form.fields.newPassword}
          required
        />
        <FormError error={form.error} />
        <Row>
          <Button look="primary" type="submit" busy={form.busy}>
            Change password
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
