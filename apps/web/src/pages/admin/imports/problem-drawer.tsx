/** Which rows of a file could not be read, where they stand, and what was expected there. */
import { getImport } from '@logonscope/protocol';
import { useAsk } from '../../../data/ask.ts';
import { Answer, Drawer, Stack, Table } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

/** `line 12, field Timestamp`. */
function placeText({
  record,
  line,
  field,
}: {
  record: number | null;
  line: number | null;
  field: string | null;
}) {
  const parts = [
    ...(line === null ? [] : [`line ${line}`]),
    ...(record === null ? [] : [`record ${record}`]),
    ...(field === null ? [] : [`field ${field}`]),
  ];
  return parts.join(', ') || '–';
}

export function ProblemDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const asked = useAsk(getImport, { params: { id } }, { forgetful: true });
  return (
    <Drawer open onClose={onClose} title={asked.data?.fileName ?? TEXT.problems} wide>
      <Answer of={asked}>
        {({ problems, problemCount, state }) => (
          <Stack>
            {state === 'failed' ? <div>{TEXT.failedAbout}</div> : null}
            {problems.length === 0 ? null : (
              <>
                <div className="muted">{TEXT.problemsAbout(problems.length, problemCount)}</div>
                <Table
                  label={TEXT.problems}
                  rows={problems.map((one, index) => ({ ...one, index }))}
                  rowKey={({ index }) => index}
                  columns={[
                    { id: 'place', head: 'Where', main: true, cell: placeText },
                    { id: 'message', head: 'What', cell: ({ message }) => message },
                    { id: 'code', head: 'Code', cell: ({ code }) => <code>{code}</code> },
                    { id: 'file', head: 'File', wideOnly: true, cell: ({ file }) => file },
                  ]}
                />
              </>
            )}
          </Stack>
        )}
      </Answer>
    </Drawer>
  );
}
