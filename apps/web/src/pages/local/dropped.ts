/** Files out of a drop or a choice, those of folders with all below. */
import type { GivenFile } from '../../local/messages.ts';

async function* filesBelow(entry: FileSystemEntry, folder: string): AsyncGenerator<GivenFile> {
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    yield { name: folder + entry.name, blob };
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder tells of its entries in pieces; an empty one is the last.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const one of some) yield* filesBelow(one, `${folder}${entry.name}/`);
  }
}

/** The entries have to be asked for before the event is over; their files come later. */
export function filesOfDrop({ items }: DataTransfer): Promise<GivenFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (async () => {
    const files: GivenFile[] = [];
    for (const entry of entries) for await (const file of filesBelow(entry, '')) files.push(file);
    return files;
  })();
}

export function filesOfInput(list: FileList | null): GivenFile[] {
  return [...(list ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, blob: file }));
}
