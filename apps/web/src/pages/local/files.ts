/** The files of the page: what was opened, how far reading is, and the source of answers made of them. */
import { create } from 'zustand';
import { LocalFiles } from '../../data/local.ts';
import type { GivenFile, Opened, Peeked, Progress } from '../../local/messages.ts';
import { fetchGiven, givenToken } from './given.ts';

export interface Waiting {
  readonly files: readonly GivenFile[];
  readonly peeked: readonly Peeked[];
}

interface State {
  readonly source: LocalFiles;
  readonly opened: Opened | null;
  readonly progress: Progress | null;
  /** Files whose zone has to be said before they can be read. */
  readonly waiting: Waiting | null;
  readonly error: Error | null;
  readonly timezone: string | null;
}

/** Where the page is one file, the worker stands in it as text. */
function startWorker(): Worker {
  const inline = document.getElementById('local-worker')?.textContent;
  if (inline === undefined || inline === null) {
    return new Worker(new URL('../../local/local-worker.ts', import.meta.url), { type: 'module' });
  }
  const address = URL.createObjectURL(new Blob([inline], { type: 'text/javascript' }));
  // A page from the disk has no origin that modules could be loaded for.
  return new Worker(address);
}
const newSource = () => new LocalFiles(startWorker);

const nothing = () => ({ opened: null, progress: null, waiting: null, error: null, timezone: null });

export const useFiles = create<State>()(() => ({ source: newSource(), ...nothing() }));

/** Takes files in: reads them at once, or first asks for the zone where one of them has none. */
export async function giveFiles(files: readonly GivenFile[]): Promise<void> {
  if (files.length === 0) return;
  const { source } = useFiles.getState();
  useFiles.setState({ error: null, waiting: null });
  try {
    const peeked = await source.peek(files);
    if (peeked.some(({ needsZone }) => needsZone)) useFiles.setState({ waiting: { files, peeked } });
    else await readFiles(files, null);
  } catch (error) {
    useFiles.setState({ error: error as Error });
  }
}

/** Reads files in place of those before; resolves when they are there, were cancelled or failed. */
export async function readFiles(files: readonly GivenFile[], timezone: string | null): Promise<void> {
  useFiles.getState().source.close();
  const source = newSource();
  useFiles.setState({ ...nothing(), source, timezone });
  const assumedTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const opened = await source.open({ files, timezone, assumedTimezone }, (progress) =>
      useFiles.setState({ progress }),
    );
    useFiles.setState({ opened, progress: null });
  } catch (error) {
    const cancelled = error instanceof DOMException && error.name === 'AbortError';
    useFiles.setState({ progress: null, error: cancelled ? null : (error as Error) });
  }
}

/** Ends reading; nothing of it is kept. */
export function cancelReading(): void {
  useFiles.getState().source.close();
}

let taken = false;

/** Once per page: the files that its address was given. */
export async function takeGiven(): Promise<void> {
  const token = givenToken(location.hash);
  if (token === null || taken) return;
  taken = true;
  try {
    await giveFiles(await fetchGiven(token));
  } catch (error) {
    useFiles.setState({ error: error as Error });
  }
}
