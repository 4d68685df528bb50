/** Takes an uploaded file to the disk as it flows, and no further than it may. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../app-error.ts';
import { UPLOAD_BYTES_MAX } from '../../../http/limits.ts';

export interface Upload {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** Only what a name may show: no folders, no control characters. */
export function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).pop() ?? '';
  const clean = last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 255);
  return clean === '' ? 'upload' : clean;
}

function tooLarge(): AppError {
  return new AppError('too-large', 'import/too-large', `A file may have ${UPLOAD_BYTES_MAX} bytes at most.`);
}

/** The file of the request, from a form or as the body itself. */
async function fileOf(request: FastifyRequest, name: string | undefined) {
  if (!request.isMultipart()) return { stream: request.body as Readable, name: shownName(name) };
  const part = await request.file();
  if (part === undefined) {
    throw new AppError('invalid', 'import/no-file', 'The form holds no file.', {
      fields: [{ field: 'file', expected: 'a file' }],
    });
  }
  return { stream: part.file as Readable, name: shownName(name ?? part.filename) };
}

/** No room on the disk is no fault of the sender: he may come back. */
function diskRefusal(cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return cause;
  return new AppError('unavailable', 'import/no-room', 'There is no room for the file now.', {
    retryAfterSeconds: 300,
    cause,
  });
}

/** Writes the file into `folder`, readable by the server alone; nothing is left behind where that fails. */
export async function receiveUpload(
  request: FastifyRequest,
  folder: string,
  name: string | undefined,
): Promise<Upload> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await fileOf(request, name);
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > UPLOAD_BYTES_MAX ? tooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(file.stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    if ((file.stream as { truncated?: boolean }).truncated) throw tooLarge();
    return { path, name: file.name, bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw diskRefusal(error);
  }
}

const UPLOADED = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes files that a process left behind when it died; nothing else in the folder is touched. */
export async function forgetUploads(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => UPLOADED.test(one))) await rm(join(folder, name), { force: true });
}
