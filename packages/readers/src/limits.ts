/** Every limit of the readers with its reason, and the cap on problems: input may be damaged or hostile, memory is not. */
import type { Problem } from '@logonscope/core';

/** Problems handed out one by one per file; a shredded gigabyte must not become a gigabyte of messages. */
export const MAX_PROBLEMS_PER_FILE = 1_000;

/** Elements within elements. Windows stays below 10; a deeper tree is damage or an attack on the stack. */
export const MAX_ELEMENT_DEPTH = 64;

/** BinXML values within BinXML values. Windows needs 2. */
export const MAX_BODY_DEPTH = 8;

/** Substitutions of one template instance. The largest seen has about 100. */
export const MAX_SUBSTITUTIONS = 4_096;

/** Nested documents of one record: a template may name the same value many times, and so may the one within. */
export const MAX_BODIES = 64;

/**
 * Elements, attributes and text pieces of one template or bare record. The largest template seen has about 100;
 * short records of a forged template with many leaves would cost more time than their bytes allow.
 */
export const MAX_LEAVES = 2_048;

/** Values that one text of a template is put together from: 1 in earnest; each may have 64 KiB. */
export const MAX_PARTS_OF_VALUES = 16;

/** Characters handed out for all fields of one record; 64 KiB of binary data are 131,072 as hex. */
export const MAX_CHARACTERS_PER_RECORD = 1_000_000;

/** UTF-16 units of an element or attribute name. The longest seen has 43. */
export const MAX_NAME_UNITS = 512;

/**
 * Bytes of template definitions compiled per 64 KiB chunk. Honest definitions do not overlap, so they fit in one
 * chunk; overlapping ones would let 64 KiB of input cost seconds.
 */
export const MAX_COMPILED_BYTES_PER_CHUNK = 4 * 65_536;

/** Computers × channels whose life spans are open at once; beyond it all are closed, which only splits spans. */
export const MAX_OPEN_LANES = 4_096;

/** Hands problems to `pass` until the cap, counts all, and tells of the rest once at the end. */
export interface ProblemLog {
  add(problem: Problem): void;
  /** Says how many problems were not handed out, if any. Call it once, after the last record. */
  close(): void;
  readonly count: number;
}

/** A log for one file. `code` names the closing summary, such as `evtx/more-problems`. */
export function problemLog(file: string, code: string, pass: (problem: Problem) => void): ProblemLog {
  let count = 0;
  return {
    add(problem) {
      count += 1;
      if (count <= MAX_PROBLEMS_PER_FILE) pass(problem);
    },
    close() {
      const left = count - MAX_PROBLEMS_PER_FILE;
      if (left <= 0) return;
      const message = `${left} more problems of this file are not listed; ${count} in all`;
      pass({ code, at: { file }, field: null, message });
    },
    get count() {
      return count;
    },
  };
}
