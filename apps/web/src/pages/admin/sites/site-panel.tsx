/** One site: its state, what can be done with it, its keys. */
import { deleteSite, editSite, listKeys, listSites } from '@logonscope/protocol';
import { Ellipsis, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../../../app/act.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useView } from '../../../app/view.ts';
import { useDeed } from '../../../data/ask.ts';
import {
  Badge,
  Button,
  ConfirmDialog,
  Dialog,
  Field,
  IconButton,
  Menu,
  Panel,
  Row,
  Skeleton,
  Stack,
} from '../../../ui/index.ts';
import { KeyTable } from './key-table.tsx';
import { NewKey } from './new-key.tsx';
import type { KeyRow, SiteRow } from './rows.ts';
import { TEXT } from './text.ts';

function Rename({ site, onClose }: { site: SiteRow; onClose: () => void }) {
  const { companyId } = useView();
  const edit = useDeed(editSite, [listSites]);
  const [name, setName] = useState(site.name);
  const form = useForm(async () => {
    await edit.mutateAsync({ params: { companyId, siteId: site.id }, body: { name } });
    onClose();
  }, ['name']);
  return (
    <Dialog open onClose={onClose} title={`Rename ${site.name}`}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            label={TEXT.siteName}
            value={name}
            onChange={setName}
            error={form.fields.name}
            autoFocus
            required
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Rename
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

type Open = 'rename' | 'delete' | 'key' | null;

export function SitePanel({ site, keys }: { site: SiteRow; keys: readonly KeyRow[] | null }) {
  const { companyId } = useView();
  const [open, setOpen] = useState<Open>(null);
  const edit = useAct(editSite, [listSites]);
  const remove = useAct(deleteSite, [listSites, listKeys]);
  const params = { companyId, siteId: site.id };
  const toggle = () =>
    void edit.run(
      { params, body: { active: !site.active } },
      site.active ? `${site.name} is out of use: its keys open nothing.` : `${site.name} is in use again.`,
    );
  const destroy = async () => {
    await remove.run({ params }, `Site ${site.name} deleted.`);
    setOpen(null);
  };
  return (
    <Panel
      flush
      title={
        <>
          {site.name} {site.active ? null : <Badge tone="warning">Out of use</Badge>}
        </>
      }
      actions={
        <>
          <Button icon={<KeyRound size={16} aria-hidden />} onClick={() => setOpen('key')}>
            {TEXT.newKey}
          </Button>
          <Menu
            trigger={
              <IconButton label={`More for ${site.name}`}>
                <Ellipsis size={18} aria-hidden />
              </IconButton>
            }
            items={[
              { label: 'Rename…', onClick: () => setOpen('rename') },
              { label: site.active ? 'Put out of use' : 'Put into use', onClick: toggle },
              null,
              { label: 'Delete…', danger: true, onClick: () => setOpen('delete') },
            ]}
          />
        </>
      }
    >
      {keys === null ? <Skeleton rows={2} /> : <KeyTable siteName={site.name} keys={keys} />}
      {open === 'rename' ? <Rename site={site} onClose={() => setOpen(null)} /> : null}
      {open === 'key' ? <NewKey site={site} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        open={open === 'delete'}
        onClose={() => setOpen(null)}
        title={`${TEXT.deleteSite} ${site.name}`}
        action={TEXT.deleteSite}
        busy={remove.busy}
        onConfirm={() => void destroy()}
      >
        {TEXT.deleteSiteAbout}
      </ConfirmDialog>
    </Panel>
  );
}
