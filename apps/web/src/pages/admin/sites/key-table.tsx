/** The keys of a site: state, use, and what can be done with each. */
import { deleteKey, editKey, listKeys } from '@logonscope/protocol';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../../../app/act.ts';
import { Time } from '../../../app/time.tsx';
import { useView } from '../../../app/view.ts';
import { Badge, ConfirmDialog, IconButton, Menu, Table, type Tone } from '../../../ui/index.ts';
import { EditKey, RotateKey } from './key-dialogs.tsx';
import { KeyUsage } from './key-usage.tsx';
import type { KeyRow } from './rows.ts';
import styles from './sites.module.css';
import { TEXT } from './text.ts';

/** What a key is worth at this moment, as a word. */
export function keyState({ active, expiresAt }: KeyRow, nowMs: number): { word: string; tone: Tone } {
  if (!active) return { word: 'Disabled', tone: 'warning' };
  if (expiresAt !== null && Date.parse(expiresAt) <= nowMs) return { word: 'Expired', tone: 'danger' };
  return { word: 'Works', tone: 'success' };
}

type Open = { readonly what: 'edit' | 'rotate' | 'usage' | 'delete'; readonly key: KeyRow } | null;

function Dialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  const { companyId } = useView();
  const remove = useAct(deleteKey, [listKeys]);
  if (open === null) return null;
  const { what, key } = open;
  if (what === 'edit') return <EditKey apiKey={key} onClose={onClose} />;
  if (what === 'rotate') return <RotateKey apiKey={key} onClose={onClose} />;
  if (what === 'usage') return <KeyUsage apiKey={key} onClose={onClose} />;
  const destroy = async () => {
    await remove.run({ params: { companyId, keyId: key.id } }, `Key ${key.prefix}… deleted.`);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${TEXT.deleteKey} ${key.prefix}…`}
      action={TEXT.deleteKey}
      busy={remove.busy}
      onConfirm={() => void destroy()}
    >
      {TEXT.deleteKeyAbout}
    </ConfirmDialog>
  );
}

function Actions({ apiKey, onOpen }: { apiKey: KeyRow; onOpen: (open: Open) => void }) {
  const { companyId } = useView();
  const edit = useAct(editKey, [listKeys]);
  const toggle = () =>
    void edit.run(
      { params: { companyId, keyId: apiKey.id }, body: { active: !apiKey.active } },
      apiKey.active ? `Key ${apiKey.prefix}… is disabled.` : `Key ${apiKey.prefix}… works again.`,
    );
  const open = (what: NonNullable<Open>['what']) => () => onOpen({ what, key: apiKey });
  return (
    <Menu
      trigger={
        <IconButton label={`More for key ${apiKey.prefix}…`}>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
      items={[
        { label: 'Use by day…', onClick: open('usage') },
        { label: 'Describe, date…', onClick: open('edit') },
        { label: `${TEXT.rotate}…`, onClick: open('rotate') },
        { label: apiKey.active ? 'Disable' : 'Enable', onClick: toggle },
        null,
        { label: 'Delete…', danger: true, onClick: open('delete') },
      ]}
    />
  );
}

export function KeyTable({ siteName, keys }: { siteName: string; keys: readonly KeyRow[] }) {
  const [open, setOpen] = useState<Open>(null);
  if (keys.length === 0) return <p className={styles.none}>{TEXT.noKeys}</p>;
  const nowMs = Date.now();
  return (
    <>
      <Table
        label={`Keys of ${siteName}`}
        rows={keys}
        rowKey={({ id }) => id}
        columns={[
          { id: 'prefix', head: 'Key', main: true, cell: ({ prefix }) => <code>{prefix}…</code> },
          { id: 'description', head: 'Description', cell: ({ description }) => description ?? '–' },
          {
            id: 'state',
            head: 'State',
            cell: (key) => {
              const { word, tone } = keyState(key, nowMs);
              return <Badge tone={tone}>{word}</Badge>;
            },
          },
          { id: 'created', head: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
          { id: 'expires', head: 'Works until', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
          { id: 'used', head: 'Last used', cell: ({ lastUsedAt }) => <Time at={lastUsedAt} none="never" /> },
          { id: 'from', head: 'From', cell: ({ lastUsedFrom }) => lastUsedFrom ?? '–' },
          {
            id: 'actions',
            head: <span className="visually-hidden">Actions</span>,
            cell: (key) => <Actions apiKey={key} onOpen={setOpen} />,
          },
        ]}
      />
      <Dialogs open={open} onClose={() => setOpen(null)} />
    </>
  );
}
