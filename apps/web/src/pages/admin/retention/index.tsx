/** How long the company's data is kept. */
import { getRetention, setRetention } from '@logonscope/protocol';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Guard } from '../../../app/guard.tsx';
import { Time } from '../../../app/time.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk, useDeed } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import {
  Answer,
  Button,
  ConfirmDialog,
  Fact,
  Facts,
  PageHeader,
  Panel,
  Row,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { KeepField } from './keep-field.tsx';
import { daysText, KINDS, type Kind, TEXT } from './text.ts';

type Told = BodyOf<typeof getRetention>;
type Wish = Readonly<Record<Kind, number | null>>;

/** Whether a wish keeps something shorter than it is kept now: then data will be deleted. */
function shortens(wish: Wish, { own, inForce }: Told): boolean {
  const length = (days: number) => (days === 0 ? Number.POSITIVE_INFINITY : days);
  return KINDS.some((kind) => {
    const next = wish[kind];
    return next !== null && next !== own[kind] && length(next) < length(inForce[kind]);
  });
}

function RetentionForm({ told }: { told: Told }) {
  const { params } = useView();
  const change = useDeed(setRetention, [getRetention]);
  const [wish, setWish] = useState<Wish>(told.own);
  const [asking, setAsking] = useState(false);
  const form = useForm(async () => {
    setAsking(false);
    await change.mutateAsync({ params, body: { ...wish } });
    toast('Saved. What has become too old goes with the next run.');
  }, [...KINDS]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (shortens(wish, told)) setAsking(true);
        else form.submit();
      }}
    >
      <Stack>
        {KINDS.map((kind) => (
          <KeepField
            key={kind}
            kind={kind}
            days={wish[kind]}
            inForce={told.inForce[kind]}
            error={form.fields[kind]}
            onChange={(days) => setWish({ ...wish, [kind]: days })}
          />
        ))}
        <FormError error={form.error} />
        <Row>
          <Button look="primary" type="submit" busy={form.busy}>
            Save
          </Button>
        </Row>
      </Stack>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={TEXT.shorter}
        action="Keep it shorter"
        onConfirm={() => form.submit()}
      >
        {TEXT.shorterAbout}
      </ConfirmDialog>
    </form>
  );
}

function InForce({ told }: { told: Told }) {
  return (
    <Facts>
      {KINDS.map((kind) => (
        <Fact key={kind} name={TEXT.kinds[kind].name}>
          {daysText(told.inForce[kind])}
        </Fact>
      ))}
      <Fact name={TEXT.heldFrom}>
        <Time at={told.heldFrom} none={TEXT.nothingDeleted} />
      </Fact>
    </Facts>
  );
}

function Retention() {
  const { params } = useView();
  const { isAdmin } = usePowers();
  const asked = useAsk(getRetention, { params }, { forgetful: true });
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about} />
      <Answer of={asked}>
        {(told) => (
          <Stack>
            <Panel title={TEXT.inForce}>
              <InForce told={told} />
            </Panel>
            {isAdmin ? (
              <Panel title={TEXT.own}>
                <RetentionForm key={JSON.stringify(told.own)} told={told} />
              </Panel>
            ) : (
              <div className="muted">{TEXT.readOnly}</div>
            )}
          </Stack>
        )}
      </Answer>
    </>
  );
}

export default function RetentionPage() {
  const { isCompanyAdmin, isAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin || isAdmin} needs="company administrator">
      <Retention />
    </Guard>
  );
}
