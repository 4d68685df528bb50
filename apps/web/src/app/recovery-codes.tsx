/** Recovery codes, shown once: to copy, to keep as a file, to print. */
import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { Button, CheckField, CopyButton, Row, Stack } from '../ui/index.ts';
import styles from './form.module.css';
import { saveFile } from './save-file.ts';

const TEXT = {
  about:
    'Each of these codes replaces the authenticator once. Keep them where you find them without your phone; they are not shown again.',
  kept: 'I have kept these codes',
  done: 'Done',
};

export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false);
  const text = `${codes.join('\n')}\n`;
  return (
    <Stack>
      <div>{TEXT.about}</div>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Row>
        <CopyButton text={text} what="codes" />
        <Button
          icon={<Download size={16} aria-hidden />}
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), 'logonscope-recovery-codes.txt')}
        >
          Save as a file
        </Button>
        <Button icon={<Printer size={16} aria-hidden />} onClick={() => print()}>
          Print
        </Button>
      </Row>
      <CheckField label={TEXT.kept} value={kept} onChange={setKept} />
      <Row>
        <Button look="primary" disabled={!kept} onClick={onDone}>
          {TEXT.done}
        </Button>
      </Row>
    </Stack>
  );
}
