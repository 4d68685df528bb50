/** Zip: files one after another, read in one pass without the directory at the end, so that a pipe will do. */

import type { Problem } from '@logonscope/core';
import { Inflate } from 'fflate';
import type { ByteSource, RecordSink } from '../reader.ts';
import { ARCHIVE_MEMBERS_MAX } from '../text-limits.ts';
import type { ArchiveBudget } from './budget.ts';
import { type ByteWindow, byteWindow } from './byte-window.ts';
import { type Feed, type Push, unpackedSource } from './inflate.ts';
import {
  DESCRIPTOR_SIGNATURE,
  headerLength,
  LOCAL_SIGNATURE,
  u32,
  u64,
  type ZipMember,
  zipMember,
} from './zip-header.ts';

/** The longest descriptor: signature, checksum, two sizes of eight bytes. */
const DESCRIPTOR_BYTES = 24;
const STORED = 0;
const DEFLATED = 8;

export function isZip(head: Uint8Array): boolean {
  return head.length >= 22 && (u32(head, 0) === LOCAL_SIGNATURE || u32(head, 0) === 0x06054b50);
}

/** Packed bytes of a member whose length its header tells. */
function knownFeed(window: ByteWindow, packedBytes: number): Feed {
  let left = packedBytes;
  let passed = 0;
  return async () => {
    window.skip(passed);
    passed = 0;
    if (left === 0) return null;
    const atHand = await window.ensure(1);
    if (atHand === 0) return 'cut';
    const bytes = window.bytes().subarray(0, left);
    passed = bytes.length;
    left -= passed;
    return bytes;
  };
}

/** Where a descriptor stands that tells exactly as many packed bytes as came before it; -1 if there is none. */
function findDescriptor(bytes: Uint8Array, before: number): { at: number; length: number } | null {
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    if (u32(bytes, at) !== DESCRIPTOR_SIGNATURE) continue;
    if (at + DESCRIPTOR_BYTES <= bytes.length && u64(bytes, at + 8) === before + at) {
      return { at, length: DESCRIPTOR_BYTES };
    }
    if (u32(bytes, at + 8) === before + at) return { at, length: 16 };
  }
  return null;
}

/** Packed bytes of a member up to the descriptor behind it. */
function describedFeed(window: ByteWindow): Feed {
  let before = 0;
  let passed = 0;
  let over = false;
  return async () => {
    window.skip(passed);
    passed = 0;
    if (over) return null;
    const atHand = await window.ensure(64 * 1024);
    const bytes = window.bytes();
    const descriptor = findDescriptor(bytes, before);
    if (descriptor !== null) {
      over = true;
      passed = descriptor.at + descriptor.length;
      return bytes.subarray(0, descriptor.at);
    }
    const safe = atHand - DESCRIPTOR_BYTES;
    if (safe <= 0) return 'cut';
    before += safe;
    passed = safe;
    return bytes.subarray(0, safe);
  };
}

/** Both methods as a decompressor that is pushed. */
function openMethod(method: number): (onChunk: (chunk: Uint8Array) => void) => Push {
  return (onChunk) => {
    if (method === STORED) return (bytes) => onChunk(bytes);
    const inflate = new Inflate(onChunk);
    return (bytes, last) => inflate.push(bytes, last);
  };
}

function refusal(member: ZipMember): { code: string; message: string } | null {
  if (member.encrypted) {
    return {
      code: 'archive/encrypted',
      message: 'The file is encrypted; unpack it with its password first.',
    };
  }
  if (member.method === STORED || member.method === DEFLATED) return null;
  const message = `The file is packed by method ${member.method}; only stored (0) and deflated (8) are read.`;
  return { code: 'archive/unknown-method', message };
}

/** Folders and what macOS adds. */
const isNoFile = (name: string): boolean => /\/$|(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name);

/** Passes over what is left of a member, so that the next header is found; false if the archive ends before. */
async function drain(feed: Feed): Promise<boolean> {
  for (;;) {
    const bytes = await feed();
    if (bytes === null) return true;
    if (bytes === 'cut') return false;
  }
}

/** The files inside, one by one; each must be read before the next is asked for, and is passed over otherwise. */
export async function* zipMembers(
  source: ByteSource,
  sink: RecordSink,
  budget: ArchiveBudget,
): AsyncGenerator<ByteSource> {
  const window = byteWindow(source);
  const onProblem = (problem: Problem): void => sink.problem(problem);
  const report = (name: string, code: string, message: string): void =>
    onProblem({ code, at: { file: name }, field: null, message });
  for (let members = 0; ; members++) {
    await window.ensure(30);
    const length = headerLength(window.bytes());
    if (length === null || u32(window.bytes(), 0) !== LOCAL_SIGNATURE) return;
    if ((await window.ensure(length)) < length)
      return report(source.name, 'archive/damaged', 'The archive is cut off.');
    if (members >= ARCHIVE_MEMBERS_MAX) {
      return report(
        source.name,
        'archive/too-large',
        `The archive holds more than ${ARCHIVE_MEMBERS_MAX} files.`,
      );
    }
    const member = zipMember(window.bytes());
    window.skip(member.headerBytes);
    const name = `${source.name}!${member.name}`;
    const feed = member.packedBytes === null ? describedFeed(window) : knownFeed(window, member.packedBytes);
    const refused = refusal(member);
    if (refused !== null) report(name, refused.code, refused.message);
    else if (!isNoFile(member.name)) {
      yield unpackedSource({
        name,
        feed,
        open: openMethod(member.method),
        checksum: () => member.checksum,
        budget,
        onProblem,
      });
    }
    if (!(await drain(feed)))
      return report(source.name, 'archive/damaged', 'The archive ends within a file.');
  }
}
