/** When the company works: zone, hours, days. */
import { getWorkingHours, setWorkingHours } from '@logonscope/protocol';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Guard } from '../../../app/guard.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk, useDeed } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import {
  Answer,
  Button,
  CheckField,
  PageHeader,
  Panel,
  Row,
  Select,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { DAYS, hourText, TEXT } from './text.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
const hours = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    value: String(from + index),
    label: hourText(from + index),
  }));

function DayFields({
  days,
  onChange,
}: {
  days: readonly number[];
  onChange: (days: readonly number[]) => void;
}) {
  const toggle = (day: number) => (on: boolean) =>
    onChange(on ? [...days, day] : days.filter((one) => one !== day));
  return (
    <fieldset>
      <legend>{TEXT.days}</legend>
      <Row>
        {DAYS.map((name, index) => (
          <CheckField key={name} label={name} value={days.includes(index + 1)} onChange={toggle(index + 1)} />
        ))}
      </Row>
    </fieldset>
  );
}

function HoursForm({ told }: { told: BodyOf<typeof getWorkingHours> }) {
  const { params } = useView();
  const change = useDeed(setWorkingHours, [getWorkingHours]);
  const [timezone, setZone] = useState(told.inForce.timezone);
  const [fromHour, setFrom] = useState(String(told.inForce.fromHour));
  const [toHour, setTo] = useState(String(told.inForce.toHour));
  const [days, setDays] = useState<readonly number[]>(told.inForce.days);
  const form = useForm(async () => {
    const own = { timezone, fromHour: Number(fromHour), toHour: Number(toHour), days: [...days] };
    await change.mutateAsync({ params, body: { own } });
    toast('Working hours saved.');
  }, ['own.timezone', 'own.days']);
  const reset = useForm(async () => {
    await change.mutateAsync({ params, body: { own: null } });
    toast('The usual hours hold again.');
  });
  const isNight = Number(toHour) <= Number(fromHour);
  return (
    <form onSubmit={form.submit}>
      <Stack narrow>
        {told.own === null ? <div className="muted">{TEXT.usual}</div> : null}
        <Select
          label={TEXT.zone}
          hint={TEXT.zoneHint}
          search
          value={timezone}
          onChange={setZone}
          error={form.fields['own.timezone']}
          choices={[...new Set([timezone, ...ZONES])].map((value) => ({ value, label: value }))}
        />
        <Row>
          <Select label={TEXT.from} value={fromHour} onChange={setFrom} choices={hours(0, 23)} width={140} />
          <Select label={TEXT.to} value={toHour} onChange={setTo} choices={hours(1, 24)} width={140} />
        </Row>
        {isNight ? <div className="muted">{TEXT.night}</div> : null}
        <DayFields days={days} onChange={setDays} />
        <FormError error={days.length === 0 ? TEXT.noDay : (form.error ?? reset.error)} />
        <Row>
          <Button look="primary" type="submit" busy={form.busy} disabled={days.length === 0}>
            Save
          </Button>
          {told.own === null ? null : (
            <Button busy={reset.busy} onClick={() => reset.submit()}>
              {TEXT.reset}
            </Button>
          )}
        </Row>
      </Stack>
    </form>
  );
}

function WorkingHours() {
  const { params } = useView();
  const asked = useAsk(getWorkingHours, { params }, { forgetful: true });
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about} />
      <Panel>
        <Answer of={asked}>{(told) => <HoursForm key={JSON.stringify(told)} told={told} />}</Answer>
      </Panel>
    </>
  );
}

export default function WorkingHoursPage() {
  const { isCompanyAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin} needs="company administrator">
      <WorkingHours />
    </Guard>
  );
}
