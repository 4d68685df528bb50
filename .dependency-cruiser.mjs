/** Turns boundaries.mjs into dependency-cruiser rules, and adds the few that are not about who imports whom. */
import { FOR_TESTS, MAY_IMPORT, PURE, TEST_FILE } from './boundaries.mjs';

const OURS = `^(${Object.keys(MAY_IMPORT).join('|')})/`;
/** A package is entered through its index; a folder that is named deeper is open as a whole. */
const door = (folder) => (/\/(lib|local)$/.test(folder) ? `^${folder}/` : `^${folder}/src/index\\.ts$`);

const onlyAllowed = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder} may import: ${allowed.join(', ') || 'nothing of ours'}`,
  comment: 'Import through src/index.ts of an allowed package; boundaries.mjs is the list.',
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: TEST_FILE },
  to: { path: OURS, pathNot: [`^${folder}/`, ...allowed.map(door)] },
}));

const onlyAllowedInTests = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `tests of ${folder} may import the test shelf too`,
  comment:
    'Import through src/index.ts of an allowed package or of one in FOR_TESTS; boundaries.mjs is the list.',
  severity: 'error',
  from: { path: `^${folder}/.*${TEST_FILE}` },
  to: { path: OURS, pathNot: [`^${folder}/`, ...[...allowed, ...FOR_TESTS].map(door)] },
}));

export default {
  forbidden: [
    ...onlyAllowed,
    ...onlyAllowedInTests,
    {
      name: 'core and readers are pure',
      comment: 'Pass in the bytes, the clock or the path instead: this code runs in browsers too.',
      severity: 'error',
      from: { path: PURE.map((folder) => `^${folder}/src/`), pathNot: TEST_FILE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no cycles',
      comment: 'Move what both need into a third file, or pass it as an argument.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every import resolves',
      comment: 'Install the package in the workspace that imports it, or correct the path.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'one folder knows Mantine',
      comment: 'Use the parts of apps/web/src/ui, or add one there.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: '^apps/web/src/ui/' },
      to: { path: '@mantine/' },
    },
    {
      name: 'shipped code imports no tests',
      comment: 'Move what is shared into packages/testkit.',
      severity: 'error',
      from: { pathNot: TEST_FILE },
      to: { path: TEST_FILE },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API for other programs, so swc reads the files.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist(/|-)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
};
