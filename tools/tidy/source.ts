/** A repository file as the tidy rules see it: its text, and for code its syntax tree and its bare code. */
import { parseSync } from 'rolldown/utils';

/** A node of the syntax tree (ESTree with TypeScript); offsets are UTF-16 positions in the text. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Comment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Null for files that are not TypeScript or JavaScript. */
  readonly code: {
    readonly program: SyntaxNode;
    readonly comments: readonly Comment[];
    /** The text with comments blanked out; offsets and lines stay the same. */
    readonly uncommented: string;
  } | null;
}

const CODE = /\.(ts|tsx|mts|mjs|js)$/;

/** Reads one file; code that does not parse is left without a tree (the type check says why). */
export function sourceFile(path: string, text: string): SourceFile {
  if (!CODE.test(path)) return { path, text, code: null };
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) return { path, text, code: null };
  const comments: Comment[] = parsed.comments.map(({ value, start, end }) => ({ value, start, end }));
  return {
    path,
    text,
    code: {
      program: parsed.program as unknown as SyntaxNode,
      comments,
      uncommented: blank(text, comments),
    },
  };
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Calls `visit` for every node below and including `node`, with its ancestors from the root downwards. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void,
  ancestors: readonly SyntaxNode[] = [],
): void {
  visit(node, ancestors);
  const below = [...ancestors, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, below);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

function blank(text: string, spans: readonly { start: number; end: number }[]): string {
  let blanked = '';
  let from = 0;
  for (const { start, end } of spans) {
    blanked += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    from = end;
  }
  return blanked + text.slice(from);
}
