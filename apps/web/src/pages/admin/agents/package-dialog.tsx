/** The agent's package: for which site, with which settings. */
import { type AgentPackageWish, listKeys, listSites, makeAgentPackage } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { fileNameOf, saveFile } from '../../../app/save-file.ts';
import { useView } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import { useSource } from '../../../data/source.ts';
import {
  Button,
  CheckField,
  Dialog,
  Field,
  NumberField,
  Row,
  Select,
  Stack,
  TextAreaField,
  toast,
} from '../../../ui/index.ts';
import { TEXT } from './text.ts';

const NO_SITE = 'none';
const HEALTH_MINUTES_MAX = 1_440;
const LOG_MB_MAX = 100;

const INITIALLY: AgentPackageWish = {
  ...{ siteId: null, serverUrl: location.origin, debugLogs: false, healthCheckMinutes: 30 },
  ...{ installFolder: 'C:\\ProgramData\\UserSessionMon', obtainPublicIp: false },
  publicIpUrls: ['https://ifconfig.me/ip', 'https://ipv4.icanhazip.com'],
  ...{ sessionLogMb: 5, errorLogMb: 5, eventLogMb: 5 },
};

interface PartProps {
  readonly wish: AgentPackageWish;
  readonly onChange: (changes: Partial<AgentPackageWish>) => void;
  readonly fields: Readonly<Record<string, string>>;
}

function PlacePart({ wish, onChange, fields }: PartProps) {
  const { params } = useView();
  const sites = useAsk(listSites, { params }).data?.rows ?? [];
  return (
    <>
      <Select
        label={TEXT.site}
        hint={TEXT.siteHint}
        value={String(wish.siteId ?? NO_SITE)}
        onChange={(next) => onChange({ siteId: next === NO_SITE ? null : Number(next) })}
        choices={[
          { value: NO_SITE, label: TEXT.noSite },
          ...sites.filter(({ active }) => active).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <Field
        label={TEXT.server}
        hint={TEXT.serverHint}
        type="url"
        value={wish.serverUrl ?? ''}
        onChange={(serverUrl) => onChange({ serverUrl })}
        error={fields.serverUrl}
        required
      />
      <Field
        label={TEXT.folder}
        value={wish.installFolder}
        onChange={(installFolder) => onChange({ installFolder })}
        error={fields.installFolder}
        spellCheck={false}
        required
      />
      <NumberField
        label={TEXT.health}
        hint={TEXT.healthHint}
        unit="minutes"
        min={0}
        max={HEALTH_MINUTES_MAX}
        value={wish.healthCheckMinutes}
        onChange={(next) => onChange({ healthCheckMinutes: next ?? 0 })}
        error={fields.healthCheckMinutes}
        required
      />
    </>
  );
}

const LOGS = [
  ['sessionLogMb', TEXT.sessionLog],
  ['errorLogMb', TEXT.errorLog],
  ['eventLogMb', TEXT.eventLog],
] as const;

function LogPart({ wish, onChange, fields }: PartProps): ReactNode {
  return (
    <>
      <CheckField
        label={TEXT.debug}
        value={wish.debugLogs}
        onChange={(debugLogs) => onChange({ debugLogs })}
      />
      <CheckField
        label={TEXT.publicIp}
        hint={TEXT.publicIpHint}
        value={wish.obtainPublicIp}
        onChange={(obtainPublicIp) => onChange({ obtainPublicIp })}
      />
      {wish.obtainPublicIp ? (
        <TextAreaField
          label={TEXT.publicIpUrls}
          rows={3}
          value={wish.publicIpUrls.join('\n')}
          onChange={(text) => onChange({ publicIpUrls: text.split('\n') })}
          error={fields.publicIpUrls ?? fields['publicIpUrls.0']}
        />
      ) : null}
      <fieldset>
        <legend>{TEXT.logs}</legend>
        <div className="muted">{TEXT.logsHint}</div>
        <Row>
          {LOGS.map(([name, label]) => (
            <NumberField
              key={name}
              label={label}
              unit="MB"
              min={0}
              max={LOG_MB_MAX}
              value={wish[name]}
              onChange={(next) => onChange({ [name]: next ?? 0 })}
              error={fields[name]}
              required
            />
          ))}
        </Row>
      </fieldset>
    </>
  );
}

const SHOWN = [
  'serverUrl',
  'installFolder',
  'healthCheckMinutes',
  'publicIpUrls',
  ...LOGS.map(([name]) => name),
];

export function PackageDialog({ onClose }: { onClose: () => void }) {
  const { params } = useView();
  const source = useSource();
  const cache = useQueryClient();
  const [wish, setWish] = useState(INITIALLY);
  const change = (changes: Partial<AgentPackageWish>) => setWish({ ...wish, ...changes });
  const form = useForm(async () => {
    const publicIpUrls = wish.publicIpUrls.map((line) => line.trim()).filter(Boolean);
    const { body: response } = await source.ask(makeAgentPackage, {
      params,
      body: { ...wish, publicIpUrls },
    });
    saveFile(await response.blob(), fileNameOf(response, 'agent.zip'));
    void cache.invalidateQueries({ queryKey: [source.id, listKeys.id] });
    toast('The package is downloaded.');
    onClose();
  }, SHOWN);
  return (
    <Dialog open onClose={onClose} title={TEXT.download} wide>
      <form onSubmit={form.submit}>
        <Stack>
          <div className="muted">{TEXT.downloadAbout}</div>
          <PlacePart wish={wish} onChange={change} fields={form.fields} />
          <LogPart wish={wish} onChange={change} fields={form.fields} />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Download
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
