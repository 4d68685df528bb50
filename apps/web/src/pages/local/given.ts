/** Files that `logonscope view` was started with: it gives them to the page of its own address, and to nobody else. */
import type { GivenFile } from '../../local/messages.ts';

interface Listed {
  readonly name: string;
}

/** The secret part of the address, `/local#given=…`; null where the page was opened by hand. */
export function givenToken(hash: string): string | null {
  return /^#given=([\w-]{22,})$/.exec(hash)?.[1] ?? null;
}

async function answered(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok)
    throw new Error(`The files could not be had from the command that shows them: ${answer.status}`);
  return answer;
}

/** The files, in the order of the command line. */
export async function fetchGiven(token: string): Promise<GivenFile[]> {
  const listed = (await (await answered(`/given/${token}/`)).json()) as readonly Listed[];
  const files: GivenFile[] = [];
  for (const [index, { name }] of listed.entries()) {
    files.push({ name, blob: await (await answered(`/given/${token}/${index}`)).blob() });
  }
  return files;
}
