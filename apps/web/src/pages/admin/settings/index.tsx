/** Settings of the installation, card by card. */
import { getSettings } from '@logonscope/protocol';
import { usePowers } from '../../../app/account.ts';
import { Guard } from '../../../app/guard.tsx';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Columns, PageHeader } from '../../../ui/index.ts';
import { LogCard, MfaCard, PasswordCard, RegistrationCard } from './cards.tsx';
import { TEXT } from './text.ts';

function Settings() {
  // The cards keep what is typed into them; a newer answer must not write over it.
  const asked = useAsk(getSettings, {}, { freshMs: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about} />
      <Answer of={asked}>
        {({ sections, domains }) => (
          <Columns min="wide">
            <RegistrationCard values={sections.registration ?? {}} domains={domains} />
            <PasswordCard values={sections.password ?? {}} />
            <MfaCard values={sections.mfa ?? {}} />
            <LogCard values={sections.log ?? {}} />
          </Columns>
        )}
      </Answer>
    </>
  );
}

export default function SettingsPage() {
  const { isGlobalAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isGlobalAdmin} needs="global administrator">
      <Settings />
    </Guard>
  );
}
