/** Gives the browser a file to keep. */

const FORGET_MS = 60_000;

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(address), FORGET_MS);
}

/** The name a server gave in `content-disposition`, or the one given here. */
export function fileNameOf(response: Response, otherwise: string): string {
  return /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;
}
