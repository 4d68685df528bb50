/** Whether the people of this company need a second factor. */
import { listCompanies, setCompanyMfa } from '@logonscope/protocol';
import { useAct } from '../../../app/act.ts';
import { useView } from '../../../app/view.ts';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Panel, Segments, Stack } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

type Policy = keyof typeof TEXT.mfaChoices;

export function MfaPolicy() {
  const { companyId, params } = useView();
  const companies = useAsk(listCompanies, {});
  const change = useAct(setCompanyMfa, [listCompanies]);
  return (
    <Panel title={TEXT.mfa}>
      <Stack>
        <div className="muted">{TEXT.mfaAbout}</div>
        <Answer of={companies} rows={1}>
          {({ rows }) => (
            <Segments
              label={TEXT.mfa}
              value={rows.find(({ id }) => id === companyId)?.mfaPolicy ?? 'inherit'}
              choices={(Object.keys(TEXT.mfaChoices) as Policy[]).map((value) => ({
                value,
                label: TEXT.mfaChoices[value],
              }))}
              onChange={(policy) => void change.run({ params, body: { policy } }, 'The rule is changed.')}
            />
          )}
        </Answer>
      </Stack>
    </Panel>
  );
}
