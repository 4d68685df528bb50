/**
 * `node tools/complete-lock.ts`: adds to package-lock.json the optional packages of other platforms that npm left out.
 *
 * npm writes only those platform packages into the lock that it could look up, and `npm ci` then refuses the lock as
 * incomplete. Their versions stand in the packages that name them, and their names say for which platform they are.
 */
import { readFileSync, writeFileSync } from 'node:fs';

export interface LockEntry {
  readonly version?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const FILE = 'package-lock.json';
const ROOT = 'node_modules/';
const OPERATING_SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
const LIBRARIES: Readonly<Record<string, string>> = {
  gnu: 'glibc',
  gnueabihf: 'glibc',
  musl: 'musl',
  musleabihf: 'musl',
};

/** The optional packages that the lock names with an exact version but does not describe, as entries to add. */
export function missingPlatforms({ packages }: Lock): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [path, { optionalDependencies, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === null || !/^\d/.test(version)) continue;
      // Beside the package that names it, where its own siblings of other platforms are.
      const folder = path.slice(0, path.lastIndexOf(ROOT) + ROOT.length) || ROOT;
      const places = [`${path}/${ROOT}${name}`, `${folder}${name}`, `${ROOT}${name}`];
      if (places.some((place) => packages[place]?.version === version)) continue;
      const place = packages[`${folder}${name}`] === undefined ? places[1] : places[0];
      missing[place as string] = { version, ...platform, ...(dev === true ? { dev } : {}), optional: true };
    }
  }
  return missing;
}

/** `@scope/binding-linux-arm64-musl` → linux, arm64, musl; null if the name says no platform. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | null {
  const words = name.split(/[-/]/);
  const os = OPERATING_SYSTEMS.filter((word) => words.includes(word));
  const cpu = PROCESSORS.filter((word) => words.includes(word));
  if (cpu.length !== 1 || (os.length !== 1 && cpu[0] !== 'wasm32')) return null;
  const libc = os[0] === 'linux' ? words.flatMap((word) => LIBRARIES[word] ?? []) : [];
  return { ...(os.length > 0 ? { os } : {}), cpu, ...(libc.length > 0 ? { libc } : {}) };
}

/** The lock with entries added, in npm's order: the root first, then by path. */
export function completed<L extends Lock>(lock: L): L {
  const packages = Object.entries({ ...lock.packages, ...missingPlatforms(lock) });
  packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Lock;
  const added = Object.keys(missingPlatforms(lock));
  if (added.length > 0) writeFileSync(FILE, `${JSON.stringify(completed(lock), null, 2)}\n`);
  console.log(`${FILE}: ${added.length} packages of other platforms added`);
}
