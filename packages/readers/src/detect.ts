/** Finds out by content which reader a file is for; its name only breaks ties. */
import type { Reader } from './reader.ts';

export interface Detection {
  readonly reader: Reader;
  /** How sure the reader is, 0 to 1. */
  readonly score: number;
}

/** Every reader that recognises `head`, best first; among equals the file's extension, then the order of the list. */
export function detectAmong(readers: readonly Reader[], head: Uint8Array, name: string): Detection[] {
  const lowerName = name.toLowerCase();
  const namedSo = (reader: Reader): number =>
    Number(reader.extensions.some((ext) => lowerName.endsWith(ext)));
  return readers
    .map((reader) => ({ reader, score: reader.detect(head) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || namedSo(b.reader) - namedSo(a.reader));
}
