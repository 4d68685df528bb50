/** Sends a file with its progress: `fetch` cannot tell how much has gone out, so an older way is taken. */
import { addressOf, createImport, type InputOf, problem, RefusedError } from '@logonscope/protocol';
import { useVisit } from '../../../data/visit.ts';

export interface Sending {
  readonly done: Promise<void>;
  cancel(): void;
}

function refusalOf(request: XMLHttpRequest): Error {
  // Nothing came back: the same words as for any other request that met nobody.
  if (request.status === 0) return new TypeError('The file did not arrive.');
  let told: unknown = null;
  try {
    told = JSON.parse(request.responseText);
  } catch {
    // A proxy's page; the status says enough.
  }
  const parsed = problem.safeParse(told);
  const after = Number(request.getResponseHeader('retry-after') ?? Number.NaN);
  return new RefusedError({
    status: request.status,
    problem: parsed.success ? parsed.data : null,
    retryAfterSeconds: Number.isFinite(after) ? after : null,
  });
}

/** `progress` hears the share that has gone out, from 0 to 1. */
export function sendFile(
  file: File,
  query: Omit<InputOf<typeof createImport>['query'], 'name'>,
  progress: (share: number) => void,
): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 1 : loaded / total);
    request.onload = () => (request.status === 202 ? resolve() : reject(refusalOf(request)));
    request.onerror = () => reject(refusalOf(request));
    request.onabort = () => reject(new DOMException('Cancelled.', 'AbortError'));
  });
  request.open('POST', addressOf(createImport, { query: { ...query, name: file.name } }));
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-csrf-token', useVisit.getState().csrfToken ?? '');
  request.send(file);
  return { done, cancel: () => request.abort() };
}
