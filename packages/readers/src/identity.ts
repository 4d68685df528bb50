/** Short hashes that make two copies of a row the same event, without a cryptography interface. */
import { OCCURRENCE_ROWS_MAX } from './text-limits.ts';

// Char codes of hex digits: building the text from codes at once is several times faster than joining parts.
const DIGIT = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** 16 hex digits of two 32-bit numbers. */
// biome-ignore format: one row for each number
function hex(h: number, l: number): string {
  return String.fromCharCode(
    DIGIT[h >>> 28]!, DIGIT[(h >>> 24) & 15]!, DIGIT[(h >>> 20) & 15]!, DIGIT[(h >>> 16) & 15]!,
    DIGIT[(h >>> 12) & 15]!, DIGIT[(h >>> 8) & 15]!, DIGIT[(h >>> 4) & 15]!, DIGIT[h & 15]!,
    DIGIT[l >>> 28]!, DIGIT[(l >>> 24) & 15]!, DIGIT[(l >>> 20) & 15]!, DIGIT[(l >>> 16) & 15]!,
    DIGIT[(l >>> 12) & 15]!, DIGIT[(l >>> 8) & 15]!, DIGIT[(l >>> 4) & 15]!, DIGIT[l & 15]!,
  );
}

function finalMix(value: number): number {
  let v = value ^ (value >>> 16);
  v = Math.imul(v, 0x85ebca6b);
  v ^= v >>> 13;
  v = Math.imul(v, 0xc2b2ae35);
  return v ^ (v >>> 16);
}

/**
 * The hash of a row: its instant and the cells that count, as 16 hex digits. Two lanes of 32 bits with different
 * multipliers; a mark after each cell, so that moving a letter to the next cell changes the hash.
 */
export function hashRow(time: number, cells: readonly string[], counts: readonly boolean[] | null): string {
  let l = Math.imul(0x811c9dc5 ^ time, 0x01000193);
  let h = Math.imul(0x9747b28c ^ Math.floor(time / 0x1_0000_0000), 0x5bd1e995);
  for (let i = 0; i < cells.length; i++) {
    if (counts !== null && !counts[i]) continue;
    const cell = cells[i]!;
    for (let j = 0; j < cell.length; j++) {
      const code = cell.charCodeAt(j);
      l = Math.imul(l ^ code, 0x01000193);
      h = Math.imul(h ^ code, 0x5bd1e995);
      h ^= h >>> 15;
    }
    l = Math.imul(l ^ 0x1f0001, 0x01000193);
    h = Math.imul(h ^ 0x1f0001, 0x5bd1e995);
  }
  return hex(finalMix(l), finalMix(h));
}

/** The hash of some texts. */
export function hashOf(texts: readonly string[]): string {
  return hashRow(0, texts, null);
}

/**
 * Numbers equal rows of one instant: the first keeps its hash, the second gets `…-2`. Logs are sorted by time, so
 * equal rows stand together; where they do not, the file holds a stretch twice, and its copy is no second event.
 */
export function occurrences(): (hash: string, time: number) => string {
  let ofInstant = new Map<string, number>();
  let first = '';
  let instant = Number.NaN;
  return (hash, time) => {
    if (time !== instant) {
      instant = time;
      first = hash;
      if (ofInstant.size > 0) ofInstant = new Map();
      return hash;
    }
    const count = (ofInstant.get(hash) ?? Number(hash === first)) + 1;
    if (ofInstant.size < OCCURRENCE_ROWS_MAX) ofInstant.set(hash, count);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}

/**
 * What makes two deliveries of one agent event the same: word, account, computer and time; not the address and
 * not how often it was sent. Rows of `event_log.csv` and posts of the same event get the same identity.
 */
export function agentIdentity(word: string, user: string, computer: string, time: number): string {
  const dot = computer.indexOf('.');
  const name = dot > 0 && !/^[\d.]+$/.test(computer) ? computer.slice(0, dot) : computer;
  return hashOf([word.toLowerCase(), user.toLowerCase(), name.toUpperCase(), String(time)]);
}
