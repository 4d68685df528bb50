/**
 * Calls into Windows: koffi's compiled part, carried in the program and checked before it is loaded. Its own JavaScript is
 * not needed, so of it only the types of what we use stand here (koffi 3.3.4, https://koffi.dev).
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A declared type, or the name of a built-in one. */
export type FfiType = object | string;
/** An address; only handed on. */
export type Pointer = object | bigint | number | null;

export interface FfiFunction {
  // biome-ignore lint/suspicious/noExplicitAny: what a foreign function takes and gives is told by its declaration
  (...args: unknown[]): any;
  /** Runs on a thread of its own; the last argument is called with the result. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async(...args: unknown[]): any;
}

export interface Library {
  func(declaration: string): FfiFunction;
}

export interface Koffi {
  load(library: string): Library;
  struct(name: string, members: Readonly<Record<string, FfiType>>): FfiType;
  array(type: FfiType, length: number): FfiType;
  proto(declaration: string): FfiType;
  pointer(type: FfiType): FfiType;
  // biome-ignore lint/suspicious/noExplicitAny: a callback takes what its prototype says
  register(callback: (...args: any[]) => unknown, type: FfiType): Pointer;
  // biome-ignore lint/suspicious/noExplicitAny: what is decoded is told by the type
  decode(pointer: Pointer, offset: number, type: FfiType, length?: number): any;
}

/** SHA-256 of `koffi.node` in `@koromix/koffi-win32-x64` 3.3.4: nothing else is ever loaded. */
export const KOFFI_SHA256 = 'a77b6bb6f60cdd360a41cc4e9f8a0e2a4c5b8e6dd83f43e756af285c59a7c4c2';

/**
 * Puts the library beside the program, where only administrators may write, and loads it. Throws where the bytes are
 * not the expected ones.
 */
export function loadKoffi(bytes: Buffer, folder: string): Koffi {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== KOFFI_SHA256)
    throw new Error(`koffi.node has the SHA-256 ${sha256}, expected ${KOFFI_SHA256}.`);
  const file = join(folder, `koffi-${sha256.slice(0, 16)}.node`);
  if (!existsSync(file) || !readFileSync(file).equals(bytes)) {
    const fresh = `${file}.${process.pid}.new`;
    writeFileSync(fresh, bytes, { mode: 0o600 });
    renameSync(fresh, file);
  }
  const module = { exports: {} };
  process.dlopen(module, file);
  return module.exports as Koffi;
}
