/** One card per section; saving one sends that section and no other. */
import { changeSettings, getRegistration, getSettings } from '@logonscope/protocol';
import { type ReactNode, useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useDeed } from '../../../data/ask.ts';
import {
  Button,
  CheckField,
  Field,
  NumberField,
  Panel,
  Row,
  Select,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { Domains } from './domains.tsx';
import { TEXT } from './text.ts';

type Values = Readonly<Record<string, unknown>>;
type SectionName = 'registration' | 'password' | 'mfa' | 'log';

interface CardProps {
  readonly title: string;
  readonly section: SectionName;
  readonly values: Values;
  readonly shown?: readonly string[];
  readonly children: (fields: Readonly<Record<string, string>>) => ReactNode;
  readonly after?: ReactNode;
}

function Card({ title, section, values, shown = [], children, after }: CardProps) {
  const change = useDeed(changeSettings, [getSettings, getRegistration]);
  const form = useForm(async () => {
    await change.mutateAsync({ params: { section }, body: values });
    toast(`${title} saved.`);
  }, shown);
  return (
    <Panel title={title}>
      <Stack>
        <form onSubmit={form.submit}>
          <Stack>
            {children(form.fields)}
            <FormError error={form.error} />
            <Row>
              <Button look="primary" type="submit" busy={form.busy} aria-label={`Save ${title}`}>
                Save
              </Button>
            </Row>
          </Stack>
        </form>
        {after}
      </Stack>
    </Panel>
  );
}

const flag = (values: Values, name: string): boolean => values[name] === true;

export function RegistrationCard({ values, domains }: { values: Values; domains: readonly string[] }) {
  const [open, setOpen] = useState(flag(values, 'open'));
  const [restrictDomains, setRestrict] = useState(flag(values, 'restrictDomains'));
  return (
    <Card
      title={TEXT.registration}
      section="registration"
      values={{ open, restrictDomains }}
      after={<Domains domains={domains} />}
    >
      {() => (
        <>
          <CheckField label={TEXT.open} hint={TEXT.openHint} value={open} onChange={setOpen} />
          <CheckField
            label={TEXT.restrict}
            hint={TEXT.restrictHint}
            value={restrictDomains}
            onChange={setRestrict}
          />
        </>
      )}
    </Card>
  );
}

export function PasswordCard({ values }: { values: Values }) {
  const [minLength, setLength] = useState<number | null>(Number(values.minLength));
  const [digitsAndMixedCase, setDigits] = useState(flag(values, 'digitsAndMixedCase'));
  const [specials, setSpecials] = useState(flag(values, 'specials'));
  const [specialCharacters, setCharacters] = useState(String(values.specialCharacters ?? ''));
  return (
    <Card
      title={TEXT.password}
      section="password"
      values={{ minLength, digitsAndMixedCase, specials, specialCharacters }}
      shown={['minLength', 'specialCharacters']}
    >
      {(fields) => (
        <>
          <div className="muted">{TEXT.passwordAbout}</div>
          <NumberField
            label={TEXT.minLength}
            unit="characters"
            value={minLength}
            onChange={setLength}
            error={fields.minLength}
            required
          />
          <CheckField label={TEXT.digits} value={digitsAndMixedCase} onChange={setDigits} />
          <CheckField label={TEXT.specials} value={specials} onChange={setSpecials} />
          <Field
            label={TEXT.characters}
            value={specialCharacters}
            onChange={setCharacters}
            error={fields.specialCharacters}
            spellCheck={false}
            required
          />
        </>
      )}
    </Card>
  );
}

export function MfaCard({ values }: { values: Values }) {
  const [everyone, setEveryone] = useState(flag(values, 'everyone'));
  return (
    <Card title={TEXT.mfa} section="mfa" values={{ everyone }}>
      {() => (
        <CheckField label={TEXT.everyone} hint={TEXT.everyoneHint} value={everyone} onChange={setEveryone} />
      )}
    </Card>
  );
}

type Level = keyof typeof TEXT.levels;
const LEVELS = Object.keys(TEXT.levels) as Level[];

export function LogCard({ values }: { values: Values }) {
  const [level, setLevel] = useState<Level>(LEVELS.find((one) => one === values.level) ?? 'warning');
  return (
    <Card title={TEXT.log} section="log" values={{ level }}>
      {() => (
        <Select
          label={TEXT.level}
          hint={TEXT.levelHint}
          value={level}
          onChange={setLevel}
          choices={LEVELS.map((value) => ({ value, label: TEXT.levels[value] }))}
        />
      )}
    </Card>
  );
}
