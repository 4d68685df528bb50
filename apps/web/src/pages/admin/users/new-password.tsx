/** A password set for somebody who forgot theirs. */
import { resetUserPassword } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { usePasswordRules } from '../../../app/password-form.tsx';
import { useDeed } from '../../../data/ask.ts';
import { Button, Dialog, PasswordField, Row, Stack, toast } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

export function NewPassword({
  user,
  onClose,
}: {
  user: { id: number; username: string };
  onClose: () => void;
}) {
  const rules = usePasswordRules();
  const reset = useDeed(resetUserPassword);
  const [newPassword, setPassword] = useState('');
  const form = useForm(async () => {
    await reset.mutateAsync({ params: { userId: user.id }, body: { newPassword } });
    toast(`${user.username} signs in with it once, then chooses another.`);
    onClose();
  }, ['newPassword']);
  return (
    <Dialog open onClose={onClose} title={`${TEXT.reset}: ${user.username}`}>
      <form onSubmit={form.submit}>
        <Stack>
          <PasswordField
            label={TEXT.newPassword}
            hint={`${rules} ${TEXT.passwordAbout}`}
            value={newPassword}
            onChange={setPassword}
            error={form.fields.newPassword}
            autoComplete="new-password"
            autoFocus
            required
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Set password
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
