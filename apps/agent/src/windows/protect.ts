/** Keys of sites are encrypted for this computer (DPAPI); the folder's access list is what really guards them. */
import type { Api } from './api.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';

const PREFIX = 'dpapi:';
/** For the computer rather than for an account, and never with a window. */
const LOCAL_MACHINE_SILENT = 0x4 | 0x1;
const SILENT = 0x1;
const ENTROPY = Buffer.from('UserSessionMon api_key');

interface BlobOut {
  readonly size: number;
  readonly data: Pointer;
}

export function protect(api: Api, secret: string): string {
  const bytes = Buffer.from(secret, 'utf8');
  const out = {} as BlobOut;
  const entropy = { size: ENTROPY.length, data: ENTROPY };
  if (
    !api.crypt.protect(
      { size: bytes.length, data: bytes },
      null,
      entropy,
      null,
      null,
      LOCAL_MACHINE_SILENT,
      out,
    )
  )
    throw new WindowsFailure('CryptProtectData', api.lastError());
  return PREFIX + taken(api, out).toString('base64');
}

/** Null where the text was not encrypted by `protect`. Throws where it was, but elsewhere. */
export function unprotect(api: Api, text: string): string | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64');
  const out = {} as BlobOut;
  const entropy = { size: ENTROPY.length, data: ENTROPY };
  if (!api.crypt.unprotect({ size: bytes.length, data: bytes }, null, entropy, null, null, SILENT, out))
    throw new Error(
      '[API] api_key was encrypted on another computer; enter the key of the site again with --api-key.',
    );
  return taken(api, out).toString('utf8');
}

function taken({ koffi, kernel }: Api, { size, data }: BlobOut): Buffer {
  const bytes = Buffer.from(koffi.decode(data, 0, koffi.array('uint8_t', size)) as Uint8Array);
  kernel.localFree(data);
  return bytes;
}
