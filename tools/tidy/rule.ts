/** What a tidy rule is: a name, the files it looks at, what it finds, and the cure it offers. */
import type { SourceFile } from './source.ts';

export interface Untidiness {
  readonly line: number;
  readonly message: string;
}

export interface Rule {
  readonly id: string;
  /** What to do about it, printed after each finding. */
  readonly cure: string;
  applies(path: string): boolean;
  find(file: SourceFile): Iterable<Untidiness>;
}

/** Rules that need to see all files at once, e.g. a folder and the list of what is in it. */
export interface RepositoryRule {
  readonly id: string;
  readonly cure: string;
  find(files: readonly SourceFile[]): Iterable<Untidiness & { readonly path: string }>;
}

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;
const TEST = /\.test\.tsx?$|(^|\/)(e2e|testdata|golden|scenarios)\//;

export const isSource = (path: string): boolean => SOURCE.test(path);
export const isTest = (path: string): boolean => TEST.test(path);
/** Code that runs unchanged in a browser: no clock, no chance, no console. */
export const isPure = (path: string): boolean =>
  /^packages\/(core|readers)\/src\//.test(path) && !isTest(path);
