/** Sites of a company with the keys of their agents. */
import { createSite, listKeys, listSites } from '@logonscope/protocol';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Guard } from '../../../app/guard.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk, useDeed } from '../../../data/ask.ts';
import {
  Answer,
  Button,
  Dialog,
  EmptyState,
  Field,
  PageHeader,
  Row,
  Stack,
  toast,
} from '../../../ui/index.ts';
import { SitePanel } from './site-panel.tsx';
import { TEXT } from './text.ts';

function NewSite({ onClose }: { onClose: () => void }) {
  const { params } = useView();
  const create = useDeed(createSite, [listSites]);
  const [name, setName] = useState('');
  const form = useForm(async () => {
    await create.mutateAsync({ params, body: { name } });
    toast(`Site ${name} made. Now make a key for it.`);
    onClose();
  }, ['name']);
  return (
    <Dialog open onClose={onClose} title={TEXT.newSite}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            label={TEXT.siteName}
            value={name}
            onChange={setName}
            error={form.fields.name}
            autoFocus
            maxLength={100}
            required
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Make site
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

function Sites() {
  const { params } = useView();
  const sites = useAsk(listSites, { params });
  const keys = useAsk(listKeys, { params });
  const [making, setMaking] = useState(false);
  const add = (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {TEXT.newSite}
    </Button>
  );
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        {add}
      </PageHeader>
      <Answer of={sites}>
        {({ rows }) => (
          <Stack>
            {rows.length === 0 ? (
              <EmptyState title={TEXT.noSites} actions={add}>
                {TEXT.noSitesAbout}
              </EmptyState>
            ) : null}
            {rows.map((site) => (
              <SitePanel
                key={site.id}
                site={site}
                keys={keys.data?.rows.filter(({ siteId }) => siteId === site.id) ?? null}
              />
            ))}
          </Stack>
        )}
      </Answer>
      {making ? <NewSite onClose={() => setMaking(false)} /> : null}
    </>
  );
}

export default function SitesPage() {
  const { isCompanyAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin} needs="company administrator">
      <Sites />
    </Guard>
  );
}
