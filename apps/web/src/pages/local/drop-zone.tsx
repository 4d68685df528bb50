/** Takes files: by drop, by choice, or a whole folder. */
import { FolderOpen, Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button, Row } from '../../ui/index.ts';
import { filesOfDrop, filesOfInput } from './dropped.ts';
import { giveFiles } from './files.ts';
import styles from './local.module.css';

export function DropZone() {
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOfDrop(event.dataTransfer).then(giveFiles);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const chosen = (input: HTMLInputElement) => {
    void giveFiles(filesOfInput(input.files));
    // The same files may be chosen again.
    input.value = '';
  };
  return (
    <section
      aria-label="Files"
      className={styles.drop}
      data-over={over || undefined}
      data-testid="drop"
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>Drop files or a folder here</strong>
      <Row>
        <Button look="primary" icon={<Upload size={16} aria-hidden />} onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button icon={<FolderOpen size={16} aria-hidden />} onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
      </Row>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to read"
        onChange={({ currentTarget }) => chosen(currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to read"
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => chosen(currentTarget)}
      />
    </section>
  );
}
