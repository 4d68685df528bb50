/** Tidy rules that read the syntax tree: headers, lengths, purity, names, event IDs. */
import { isPure, isSource, isTest, type Rule } from './rule.ts';
import { lineAt, type SourceFile, type SyntaxNode, walk } from './source.ts';

const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 60;

/** Tables and the simulator's definitions of Windows' own fields grow by rows, not by thoughts. */
const TABLES = [/^packages\/core\/src\/events\//, /^packages\/simulator\/src\/.*defs/, /\/golden\//];
/** Where Windows' event IDs may stand: the tables that know them, what plays Windows, and what tests share. */
const EVENT_ID_HOMES = [/^packages\/core\/src\/events\//, /^packages\/(simulator|testkit)\//];

const EVENT_ID = /\b4[678]\d\d\b/g;
const BANNED_NAME =
  /(Manager|Helper|Util|Utils)$|^(Manager|Helper|Util)[A-Z]|(^|[-/])(manager|helper|util)s?([-./]|$)/;
/** Windows has components of these names; our tables and functions are named after them. */
const WINDOWS_NAMES = /(local-?session|remote-?connection|window|service-?control)-?manager/i;
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const NAMED = [
  'FunctionDeclaration',
  'ClassDeclaration',
  'VariableDeclarator',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
];

export const header: Rule = {
  id: 'header',
  cure: 'begin the file with one sentence on what it is for, as a comment that ends with a full stop',
  applies: isSource,
  *find({ text, code }) {
    if (code === null) return;
    const body = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
    const first = code.comments.find(({ start }) => start >= body && text.slice(body, start).trim() === '');
    const sentence = first?.value.replace(/^\s*\*+/gm, ' ').trim() ?? '';
    if (!/\S+\s+\S+\s+\S.*[.?!:]/s.test(sentence)) yield { line: 1, message: 'no header sentence' };
  },
};

export const fileLength: Rule = {
  id: 'file-length',
  cure: 'look for the seam and split the file there',
  applies: (path) => isSource(path) && !TABLES.some((table) => table.test(path)),
  *find({ text }) {
    const lines = text.trimEnd().split('\n').length;
    if (lines > FILE_LINES_MAX)
      yield { line: FILE_LINES_MAX, message: `${lines} lines; at most ${FILE_LINES_MAX}` };
  },
};

export const functionLength: Rule = {
  id: 'function-length',
  cure: 'push ifs up, loops down, and give the parts names',
  applies: isSource,
  *find(file) {
    for (const { node, ancestors } of nodes(file)) {
      if (!FUNCTIONS.includes(node.type) || isDescribeBody(ancestors)) continue;
      const lines = ownLines(file.text, node);
      if (lines > FUNCTION_LINES_MAX) {
        const message = `function of ${lines} lines; at most ${FUNCTION_LINES_MAX}`;
        yield { line: lineAt(file.text, node.start), message };
      }
    }
  },
};

/** Lines of a function without the named functions declared in it: those have names and are read by themselves. */
function ownLines(text: string, node: SyntaxNode): number {
  const span = ({ start, end }: SyntaxNode) => lineAt(text, end) - lineAt(text, start) + 1;
  let lines = span(node);
  walk(node, (inner, ancestors) => {
    const outermost = !ancestors.slice(1).some(({ type }) => type === 'FunctionDeclaration');
    if (inner !== node && inner.type === 'FunctionDeclaration' && outermost) lines -= span(inner);
  });
  return lines;
}

/** The body of a `describe` is a chapter of tests, not a function anybody reads as one. */
function isDescribeBody(ancestors: readonly SyntaxNode[]): boolean {
  const call = ancestors.at(-1);
  if (call?.type !== 'CallExpression') return false;
  let callee = call.callee as SyntaxNode;
  while (callee.type === 'CallExpression' || callee.type === 'MemberExpression') {
    callee = (callee.callee ?? callee.object) as SyntaxNode;
  }
  return callee.name === 'describe';
}

export const eventIds: Rule = {
  id: 'event-id',
  cure: 'ask the tables of packages/core/src/events instead',
  applies: (path) =>
    isSource(path) &&
    /^(packages|apps)\//.test(path) &&
    !isTest(path) &&
    !EVENT_ID_HOMES.some((h) => h.test(path)),
  *find({ text, code }) {
    for (const match of code?.uncommented.matchAll(EVENT_ID) ?? []) {
      yield { line: lineAt(text, match.index), message: `Windows event ID ${match[0]}` };
    }
  },
};

export const purity: Rule = {
  id: 'pure',
  cure: 'take the instant, the seed or the sink as a parameter',
  applies: isPure,
  *find(file) {
    for (const { node } of nodes(file)) {
      const what = impurity(node);
      if (what !== null) yield { line: lineAt(file.text, node.start), message: `${what} in pure code` };
    }
  },
};

const IMPURE_MEMBERS = ['Date.now', 'Math.random', 'performance.now', 'Temporal.Now', 'crypto.randomUUID'];

function impurity(node: SyntaxNode): string | null {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date') {
    return (node.arguments as unknown[]).length === 0 ? 'new Date()' : null;
  }
  if (node.type === 'CallExpression' && nameOf(node.callee) === 'Date') return 'Date()';
  if (node.type !== 'MemberExpression') return null;
  const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
  if (member.startsWith('console.')) return member;
  return IMPURE_MEMBERS.includes(member) ? member : null;
}

const nameOf = (node: unknown): unknown => (node as { name?: unknown } | null)?.name;

export const names: Rule = {
  id: 'name',
  cure: 'name it for what it is (a noun of the glossary) or does (a verb)',
  applies: isSource,
  *find(file) {
    if (isBannedName(file.path)) yield { line: 1, message: `file name ${file.path}` };
    for (const { node } of nodes(file)) {
      const name = NAMED.includes(node.type) ? nameOf(node.id) : null;
      if (typeof name === 'string' && isBannedName(name)) {
        yield { line: lineAt(file.text, node.start), message: `the name ${name}` };
      }
    }
  },
};

const isBannedName = (name: string): boolean => BANNED_NAME.test(name.replace(WINDOWS_NAMES, ''));

export const inlineImports: Rule = {
  id: 'inline-import-type',
  cure: 'write an import type line; boundaries are checked on those',
  applies: isSource,
  *find(file) {
    for (const { node } of nodes(file)) {
      if (node.type === 'TSImportType')
        yield { line: lineAt(file.text, node.start), message: 'import("…") as a type' };
    }
  },
};

function* nodes({ code }: SourceFile): Iterable<{ node: SyntaxNode; ancestors: readonly SyntaxNode[] }> {
  if (code === null) return;
  const all: { node: SyntaxNode; ancestors: readonly SyntaxNode[] }[] = [];
  walk(code.program, (node, ancestors) => all.push({ node, ancestors }));
  yield* all;
}

export const CODE_RULES: readonly Rule[] = [
  header,
  fileLength,
  functionLength,
  eventIds,
  purity,
  names,
  inlineImports,
];
