/** How far reading is, and the way to stop it. */
import type { Progress as Told } from '../../local/messages.ts';
import { Button, Panel, Progress, Row, Stack } from '../../ui/index.ts';
import { cancelReading } from './files.ts';
import { bytesText, count } from './words.ts';

export function Reading({ progress }: { progress: Told }) {
  const { file, bytes, totalBytes, records, events, logons } = progress;
  const share = totalBytes === 0 ? null : Math.min(1, bytes / totalBytes);
  return (
    <Panel title={`Reading ${file}`}>
      <Stack>
        <Progress label="Read so far" share={share} />
        <div role="status" data-testid="reading">
          {bytesText(bytes)} of {bytesText(totalBytes)} · {count(records, 'record')} ·{' '}
          {count(events, 'event')} · {count(logons, 'logon')} so far
        </div>
        <Row>
          <Button onClick={cancelReading}>Cancel</Button>
        </Row>
      </Stack>
    </Panel>
  );
}
