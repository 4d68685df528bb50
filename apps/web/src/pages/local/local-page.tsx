/** Where files are given: drop or choose, watch them being read, see what was found and what could not be read. */
import { useEffect } from 'react';
import { ErrorPanel, PageHeader, Stack } from '../../ui/index.ts';
import { DropZone } from './drop-zone.tsx';
import { takeGiven, useFiles } from './files.ts';
import styles from './local.module.css';
import { Reading } from './reading.tsx';
import { Result } from './result.tsx';
import { ZoneQuestion } from './zone-question.tsx';

export function LocalPage() {
  const { opened, progress, waiting, error } = useFiles();
  useEffect(() => void takeGiven(), []);
  return (
    <main id="page" className={styles.page}>
      <Stack>
        <PageHeader title="Look at your own logs" />
        <p className="muted">
          Windows event logs (EVTX), CSV, XML and JSON exports, zipped or not. They are read by this browser
          alone: nothing is uploaded, and the page is forbidden to connect to anything.
        </p>
        {error === null ? null : <ErrorPanel error={error} />}
        {progress === null ? <DropZone /> : <Reading progress={progress} />}
        {waiting === null ? null : <ZoneQuestion key={waiting.files[0]?.name} waiting={waiting} />}
        {opened === null ? null : <Result opened={opened} />}
      </Stack>
    </main>
  );
}
