/** Which address this computer has on the internet, asked of pages that tell; only where an administrator wants it. */
import { isIP } from 'node:net';
import type { Http } from './deliver/http.ts';

/** The first answer that is an address; null where no page gives one. */
export async function publicAddress(
  http: Pick<Http, 'get'>,
  urls: readonly string[],
): Promise<string | null> {
  for (const url of urls) {
    const answer = await http.get(url).catch(() => null);
    const text = answer?.status === 200 ? answer.body.trim() : '';
    if (isIP(text) !== 0) return text;
  }
  return null;
}
