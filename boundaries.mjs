/** Who may import whom. The only place where this is decided; ARCHITECTURE.md explains it. */

/** Folder → what its shipped code may import of ours. Add a line here together with the new folder. */
export const MAY_IMPORT = {
  'packages/core': [],
  'packages/readers': ['packages/core'],
  'packages/writers': ['packages/core'],
  'packages/simulator': ['packages/core'],
  'packages/testkit': ['packages/core', 'packages/readers', 'packages/writers', 'packages/simulator'],
  'packages/protocol': [],
  'packages/settings': [],
  'apps/cli': [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/simulator',
    'packages/settings',
    'apps/server',
  ],
  'apps/agent': [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/protocol',
    'packages/settings',
  ],
  'apps/server': [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/protocol',
    'packages/settings',
  ],
  'apps/web': ['packages/core', 'packages/readers', 'packages/writers', 'packages/protocol'],
  bench: [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/simulator',
    'packages/testkit',
    'packages/protocol',
    'apps/server',
    'e2e/server/lib',
  ],
  e2e: [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/simulator',
    'packages/testkit',
    'packages/protocol',
    'apps/cli',
    'apps/server',
    'apps/web/src/local',
  ],
  tools: [
    'packages/core',
    'packages/readers',
    'packages/writers',
    'packages/simulator',
    'packages/testkit',
    'packages/protocol',
    'packages/settings',
    'apps/agent',
    'apps/cli',
    'apps/server',
  ],
};

/** Folders whose code runs unchanged in a browser: no Node module may be imported there. */
export const PURE = ['packages/core', 'packages/readers'];

/** Folders that only tests, bench and tools may import. */
export const FOR_TESTS = ['packages/testkit', 'packages/simulator', 'packages/readers', 'packages/writers'];

/** Files that are not shipped: they may lean on the test shelf as well. */
export const TEST_FILE = '(\\.test\\.tsx?$|/testdata/)';
