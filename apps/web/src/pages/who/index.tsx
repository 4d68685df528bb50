/** Who was on: who sat at a computer at a moment, where a user was, and who was there at the same time. */
import { useParam } from '../../app/view.ts';
import { PageHeader, Panel, Stack, Tabs } from '../../ui/index.ts';
import { Overlaps } from './overlaps.tsx';
import { WhereWas, WhoWas } from './presences.tsx';

const TABS = ['computer', 'user', 'overlaps'] as const;
type Tab = (typeof TABS)[number];

export default function WhoPage() {
  const [computer] = useParam('computer');
  const [user] = useParam('user');
  const [asked, setAsked] = useParam('ask', user !== '' && computer === '' ? 'user' : 'computer');
  const tab = TABS.find((one) => one === asked) ?? 'computer';
  return (
    <>
      <PageHeader
        title="Who was on"
        about="Answers with how sure the log makes us: surely, or only possibly. Logs indicate presence, they do not prove it."
      />
      <Panel>
        <Stack>
          <Tabs<Tab>
            label="Questions"
            value={tab}
            onChange={setAsked}
            tabs={[
              { value: 'computer', label: 'Who was on a computer?', panel: <WhoWas /> },
              { value: 'user', label: 'Where was a user?', panel: <WhereWas /> },
              { value: 'overlaps', label: 'Who was there at the same time?', panel: <Overlaps /> },
            ]}
          />
        </Stack>
      </Panel>
    </>
  );
}
