/** The installation's secret: as set, or made at the first start and kept beside the data. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './certificate.ts';

const FILE_NAME = 'secret.key';
const SECRET_BYTES = 32;

/** The secret key of the installation; the file is readable by its owner alone. */
export function secretKeyOf(settings: { secretKey: string | null; instanceFolder: string }): string {
  if (settings.secretKey !== null) return settings.secretKey;
  const file = join(settings.instanceFolder, FILE_NAME);
  if (!existsSync(file)) writePrivate(file, `${randomBytes(SECRET_BYTES).toString('hex')}\n`);
  return readFileSync(file, 'utf8').trim();
}
