/** Export of what is visible: the same question and columns as on the page, as a file of the server's writers. */
import { type Endpoint, EXPORT_FORMATS, type InputOf } from '@logonscope/protocol';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useSource } from '../data/source.ts';
import { Button, Menu, toast, wordsOf } from '../ui/index.ts';

type Format = (typeof EXPORT_FORMATS)[number];

const FORMAT_WORDS: Readonly<Record<Format, string>> = {
  csv: 'CSV, for spreadsheets and scripts',
  xlsx: 'Excel workbook (XLSX)',
  pdf: 'PDF, for paper',
  json: 'JSON',
  ndjson: 'NDJSON, one object a line',
  parquet: 'Parquet, for analysis',
};

/** How long a browser may need to take a file over. */
const KEPT_MS = 60_000;

/** Saves an answer under a name, as a link with `download` would. */
async function save(response: Response, fallback: string): Promise<string> {
  const said = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const name = said ?? fallback;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
  return name;
}

export interface ExportMenuProps<E extends Endpoint> {
  readonly endpoint: E;
  /** What the export endpoint is asked; the format is added. */
  readonly input: { readonly params: object; readonly query: object };
  readonly name: string;
}

export function ExportMenu<E extends Endpoint>({ endpoint, input, name }: ExportMenuProps<E>) {
  const source = useSource();
  const [busy, setBusy] = useState(false);
  const run = async (format: Format) => {
    setBusy(true);
    try {
      const query = { ...input.query, format };
      const { body } = await source.ask(endpoint, { ...input, query } as unknown as InputOf<E>);
      toast(`Saved as ${await save(body as Response, `${name}.${format}`)}.`);
    } catch (error) {
      const { title, detail } = wordsOf(error);
      toast(`Nothing was saved. ${title}. ${detail}`, 'trouble');
    } finally {
      setBusy(false);
    }
  };
  if (!source.knows(endpoint)) return null;
  return (
    <Menu
      trigger={
        <Button busy={busy} icon={<Download size={16} aria-hidden />}>
          Export
        </Button>
      }
      items={EXPORT_FORMATS.map((format) => ({
        label: FORMAT_WORDS[format],
        onClick: () => void run(format),
      }))}
    />
  );
}
