/** First steps of a new installation: account, company, working hours, data. */
import { editCompany, listCompanies } from '@logonscope/protocol';
import { Link } from '@tanstack/react-router';
import { CheckCircle2 } from 'lucide-react';
import { useState } from 'react';
import { useAccount, usePowers } from '../../app/account.ts';
import { useForm } from '../../app/form.ts';
import { FormError } from '../../app/form-error.tsx';
import { Guard } from '../../app/guard.tsx';
import { useFrameCompany } from '../../app/use-frame-company.ts';
import { useAsk, useDeed } from '../../data/ask.ts';
import { Answer, Button, Columns, Field, PageHeader, Panel, Row, Stack, toast } from '../../ui/index.ts';
import styles from './setup.module.css';
import { TEXT } from './text.ts';

function CompanyStep({ companyId }: { companyId: number }) {
  const companies = useAsk(listCompanies, {});
  return (
    <Answer of={companies} rows={1}>
      {({ rows }) => {
        const company = rows.find(({ id }) => id === companyId);
        return company === undefined ? null : (
          <Named key={company.name} id={companyId} before={company.name} />
        );
      }}
    </Answer>
  );
}

function Named({ id, before }: { id: number; before: string }) {
  const edit = useDeed(editCompany, [listCompanies]);
  const [name, setName] = useState(before);
  const form = useForm(async () => {
    await edit.mutateAsync({ params: { companyId: id }, body: { name } });
    toast('Saved.');
  }, ['name']);
  return (
    <form onSubmit={form.submit}>
      <Stack tight>
        <Field
          label={TEXT.name}
          value={name}
          onChange={setName}
          error={form.fields.name}
          maxLength={100}
          required
        />
        <FormError error={form.error} />
        <Row>
          <Button type="submit" look="primary" busy={form.busy} disabled={name === before}>
            Save
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

function DataStep({ companyId }: { companyId: number }) {
  const base = `/c/${companyId}/admin`;
  const cards = [
    { title: TEXT.agent, about: TEXT.agentAbout, to: `${base}/agents` },
    { title: TEXT.files, about: TEXT.filesAbout, to: `${base}/imports` },
    { title: TEXT.key, about: TEXT.keyAbout, to: `${base}/sites` },
  ];
  return (
    <Columns>
      {cards.map(({ title, about, to }) => (
        <Link key={to} to={to} className={styles.card}>
          <strong>{title}</strong>
          <span className="muted">{about}</span>
        </Link>
      ))}
      <a href="/local" className={styles.card}>
        <strong>{TEXT.local}</strong>
        <span className="muted">{TEXT.localAbout}</span>
      </a>
    </Columns>
  );
}

function Steps() {
  const account = useAccount();
  const companyId = useFrameCompany();
  return (
    <Stack>
      <Columns min="wide">
        <Panel title={TEXT.accountTitle}>
          <Stack tight>
            <div>{TEXT.accountAbout}</div>
            {account?.mfaEnabled ? (
              <div className={styles.done}>
                <CheckCircle2 size={16} aria-hidden /> {TEXT.mfaOn}
              </div>
            ) : null}
            <Link to="/account">{TEXT.account}</Link>
          </Stack>
        </Panel>
        <Panel title={TEXT.companyTitle}>
          <Stack tight>
            <div>{TEXT.companyAbout}</div>
            {companyId === null ? null : <CompanyStep companyId={companyId} />}
          </Stack>
        </Panel>
        <Panel title={TEXT.hoursTitle}>
          <Stack tight>
            <div>{TEXT.hoursAbout}</div>
            {companyId === null ? null : <Link to={`/c/${companyId}/admin/working-hours`}>{TEXT.hours}</Link>}
          </Stack>
        </Panel>
      </Columns>
      {companyId === null ? null : (
        <Panel title={TEXT.dataTitle}>
          <DataStep companyId={companyId} />
        </Panel>
      )}
      <Row>
        <Link to="/">{TEXT.done}</Link>
      </Row>
    </Stack>
  );
}

export default function SetupPage() {
  const { isGlobalAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isGlobalAdmin} needs="global administrator">
      <PageHeader title={TEXT.title} about={TEXT.about} />
      <Steps />
    </Guard>
  );
}
