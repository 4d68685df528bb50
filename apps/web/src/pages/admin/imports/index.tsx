/** Files given to the server: send more, see how far each was read, and which rows could not be. */
import { type ImportStatus, listImports, listSites } from '@logonscope/protocol';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Guard } from '../../../app/guard.tsx';
import { useView } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import {
  Answer,
  Button,
  EmptyState,
  PageHeader,
  Panel,
  Progress,
  Row,
  Select,
  Stack,
} from '../../../ui/index.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportTable } from './import-table.tsx';
import styles from './imports.module.css';
import { ProblemDrawer } from './problem-drawer.tsx';
import { TEXT } from './text.ts';
import { type Upload, useUploads } from './use-uploads.ts';

const NO_SITE = 'none';
const SERVER_ZONE = 'server';
/** While a file is being read its figures move. */
const WATCH_MS = 1_500;
const REST_MS = 15_000;
const ROWS_SHOWN = 100;

function OnTheWay({ upload, onDrop }: { upload: Upload; onDrop: () => void }) {
  return (
    <div>
      <div className={styles.upload}>
        <span>{upload.name}</span>
        <Progress label={`${TEXT.sending} ${upload.name}`} share={upload.share} />
        <Button small onClick={onDrop}>
          {upload.error === null ? TEXT.cancel : 'Dismiss'}
        </Button>
      </div>
      <FormError error={upload.error} />
    </div>
  );
}

function Give() {
  const { params, companyId } = useView();
  const sites = useAsk(listSites, { params }).data?.rows ?? [];
  const [site, setSite] = useState(NO_SITE);
  const [zone, setZone] = useState(SERVER_ZONE);
  const { uploads, send, drop } = useUploads();
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  const give = (files: readonly File[]) =>
    send(files, {
      company: companyId,
      ...(site === NO_SITE ? {} : { site: Number(site) }),
      ...(zone === SERVER_ZONE ? {} : { timezone: zone }),
    });
  return (
    <Panel>
      <Stack>
        <Row>
          <Select
            label={TEXT.site}
            hint={TEXT.siteHint}
            value={site}
            onChange={setSite}
            choices={[
              { value: NO_SITE, label: TEXT.noSite },
              ...sites.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <Select
            label={TEXT.zone}
            hint={TEXT.zoneHint}
            search
            value={zone}
            onChange={setZone}
            choices={[
              { value: SERVER_ZONE, label: TEXT.serverZone },
              ...zones.map((value) => ({ value, label: value })),
            ]}
          />
        </Row>
        <DropZone onFiles={give} />
        {uploads.map((upload) => (
          <OnTheWay key={upload.id} upload={upload} onDrop={() => drop(upload.id)} />
        ))}
      </Stack>
    </Panel>
  );
}

const isOpen = ({ state }: ImportStatus) => state === 'waiting' || state === 'running';

function Imports() {
  const { params } = useView();
  const [open, setOpen] = useState<number | null>(null);
  const [watching, setWatching] = useState(false);
  const asked = useAsk(
    listImports,
    { params, query: { limit: ROWS_SHOWN } },
    { everyMs: watching ? WATCH_MS : REST_MS, freshMs: 0 },
  );
  const moves = asked.data?.rows.some(isOpen) ?? false;
  if (moves !== watching) setWatching(moves);
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about} />
      <Stack>
        <Give />
        <Panel title={TEXT.list} flush>
          <Answer of={asked}>
            {({ rows }) =>
              rows.length === 0 ? (
                <EmptyState title={TEXT.none} />
              ) : (
                <ImportTable rows={rows} onOpen={setOpen} />
              )
            }
          </Answer>
        </Panel>
      </Stack>
      {open === null ? null : <ProblemDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}

export default function ImportsPage() {
  const { isCompanyAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin} needs="company administrator">
      <Imports />
    </Guard>
  );
}
