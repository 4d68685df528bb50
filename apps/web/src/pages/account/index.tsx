/** One's own account: roles, password, second factor, sessions, provider, look. */
import { useAccount } from '../../app/account.ts';
import { PasswordForm } from '../../app/password-form.tsx';
import { Badge, Columns, Fact, Facts, PageHeader, Panel, Stack, toast } from '../../ui/index.ts';
import { LookPanel } from './look.tsx';
import { MfaPanel } from './mfa.tsx';
import { ProviderPanel } from './provider.tsx';
import { SessionsPanel } from './sessions.tsx';
import { TEXT } from './text.ts';

function PasswordPanel({ hasPassword }: { hasPassword: boolean }) {
  return (
    <Panel title={TEXT.password}>
      {hasPassword ? (
        <Stack narrow>
          <div className="muted">{TEXT.passwordAbout}</div>
          <PasswordForm onDone={() => toast('Password changed. Your other sessions have ended.')} />
        </Stack>
      ) : (
        TEXT.noPassword
      )}
    </Panel>
  );
}

export default function AccountPage() {
  const account = useAccount();
  if (account === null) return null;
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about(account.username, account.email)} />
      <Stack>
        <Panel title={TEXT.roles}>
          <Facts>
            <Fact name="Installation">
              <Badge tone={account.role === 'User' ? 'plain' : 'accent'}>
                {TEXT.roleNames[account.role]}
              </Badge>
            </Fact>
            {account.companies.map(({ companyId, name, role }) => (
              <Fact key={companyId} name={name}>
                {TEXT.companyRoles[role]}
              </Fact>
            ))}
          </Facts>
        </Panel>
        <Columns min="wide">
          <PasswordPanel hasPassword={account.hasPassword} />
          <MfaPanel account={account} />
        </Columns>
        <SessionsPanel />
        <Columns min="wide">
          <LookPanel />
          <ProviderPanel account={account} />
        </Columns>
      </Stack>
    </>
  );
}
