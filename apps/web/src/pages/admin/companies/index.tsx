/** Companies of the installation: make, rename, put out of use, delete. */
import { deleteCompany, editCompany, listCompanies } from '@logonscope/protocol';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useAct } from '../../../app/act.ts';
import { Guard } from '../../../app/guard.tsx';
import { Time } from '../../../app/time.tsx';
import { useAsk } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import {
  Answer,
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Panel,
  Table,
} from '../../../ui/index.ts';
import { CompanyDialog, NewCompany } from './company-dialogs.tsx';
import { TEXT } from './text.ts';

type Company = BodyOf<typeof listCompanies>['rows'][number];
type Open = { readonly what: 'edit' | 'delete'; readonly company: Company } | null;

function Actions({ company, onOpen }: { company: Company; onOpen: (open: Open) => void }) {
  const edit = useAct(editCompany, [listCompanies]);
  const toggle = () =>
    void edit.run(
      { params: { companyId: company.id }, body: { active: !company.active } },
      company.active ? `${company.name} is out of use.` : `${company.name} is in use again.`,
    );
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${company.name}`}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
      items={[
        { label: 'Rename, describe…', onClick: () => onOpen({ what: 'edit', company }) },
        { label: company.active ? 'Put out of use' : 'Put into use', onClick: toggle },
        null,
        { label: 'Delete…', danger: true, onClick: () => onOpen({ what: 'delete', company }) },
      ]}
    />
  );
}

function CompanyTable({ rows, onOpen }: { rows: readonly Company[]; onOpen: (open: Open) => void }) {
  return (
    <Table
      label={TEXT.title}
      rows={rows}
      rowKey={({ id }) => id}
      initialSort={{ column: 'name' }}
      columns={[
        {
          id: 'name',
          head: 'Company',
          main: true,
          sort: ({ name }) => name,
          cell: ({ id, name }) => <Link to={`/c/${id}`}>{name}</Link>,
        },
        { id: 'description', head: 'Description', cell: ({ description }) => description ?? '–' },
        {
          id: 'state',
          head: 'State',
          cell: ({ active }) =>
            active ? <Badge tone="success">In use</Badge> : <Badge tone="warning">Out of use</Badge>,
        },
        { id: 'mfa', head: 'Second factor', cell: ({ mfaPolicy }) => TEXT.mfa[mfaPolicy] },
        {
          id: 'created',
          head: 'Made',
          sort: ({ createdAt }) => createdAt,
          cell: ({ createdAt }) => <Time at={createdAt} />,
        },
        {
          id: 'sites',
          head: 'Administer',
          cell: ({ id, name }) => (
            <Link to={`/c/${id}/admin/sites`} aria-label={`Sites and keys of ${name}`}>
              Sites and keys
            </Link>
          ),
        },
        {
          id: 'actions',
          head: <span className="visually-hidden">Actions</span>,
          cell: (company) => <Actions company={company} onOpen={onOpen} />,
        },
      ]}
    />
  );
}

function Companies() {
  const companies = useAsk(listCompanies, {});
  const remove = useAct(deleteCompany, [listCompanies]);
  const [open, setOpen] = useState<Open>(null);
  const [making, setMaking] = useState(false);
  const destroy = async ({ id, name }: Company) => {
    await remove.run({ params: { companyId: id } }, `${name} deleted.`);
    setOpen(null);
  };
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {TEXT.create}
        </Button>
      </PageHeader>
      <Panel flush>
        <Answer of={companies}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState title={TEXT.none} />
            ) : (
              <CompanyTable rows={rows} onOpen={setOpen} />
            )
          }
        </Answer>
      </Panel>
      {making ? <NewCompany onClose={() => setMaking(false)} /> : null}
      {open?.what === 'edit' ? <CompanyDialog company={open.company} onClose={() => setOpen(null)} /> : null}
      {open?.what === 'delete' ? (
        <ConfirmDialog
          open
          onClose={() => setOpen(null)}
          title={`Delete ${open.company.name}`}
          action="Delete company"
          typed={open.company.name}
          busy={remove.busy}
          onConfirm={() => void destroy(open.company)}
        >
          {TEXT.deleteAbout}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

export default function CompaniesPage() {
  const { isGlobalAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isGlobalAdmin} needs="global administrator">
      <Companies />
    </Guard>
  );
}
