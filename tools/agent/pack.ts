/** From the agent's sources to an exe: bundle, blob, version info and icon, all in one file. Runs on Linux. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { VERSION } from '@logonscope/agent';
import { inject } from 'postject';
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { rolldown } from 'rolldown';
import { icon } from './icon.ts';
import { fetchPart, PARTS } from './parts.ts';

export interface PackOptions {
  readonly root: string;
  readonly target: string;
  /** Adds the controls by which tests stand in for changes of sessions; never in what is shipped. */
  readonly testControls: boolean;
  /** Certificate and key in PEM, where the exe is to be signed. */
  readonly signing: { readonly certificate: string; readonly key: string } | null;
  say(text: string): void;
}

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const US_ENGLISH = 1033;
const UNICODE = 1200;

/** Writes the exe; resolves with its size in bytes. */
export async function packAgent(options: PackOptions): Promise<number> {
  const { root, target, say } = options;
  if (process.version !== `v${PARTS.node.version}`)
    throw new Error(
      `The blob must be made by Node ${PARTS.node.version}, not ${process.version}: use npm run build:agent.`,
    );
  const cache = join(root, 'node_modules', '.cache', 'agent');
  const node = fetchPart(PARTS.node, cache);
  const koffi = fetchPart(PARTS.koffi, cache);
  const work = mkdtempSync(join(tmpdir(), 'agent-'));
  try {
    say('bundle');
    const script = await bundle(root, work, options.testControls);
    const blob = makeBlob(work, script, koffi);
    const unsigned = join(work, 'unsigned.exe');
    copyFileSync(node, unsigned);
    if (hasSigner()) {
      rmSync(unsigned);
      execFileSync('osslsigncode', ['remove-signature', '-in', node, '-out', unsigned], { stdio: 'ignore' });
    }
    say('version and icon');
    brand(unsigned);
    say('blob into the exe');
    await inject(unsigned, 'NODE_SEA_BLOB', blob, { sentinelFuse: FUSE });
    mkdirSync(dirname(target), { recursive: true });
    if (options.signing === null) copyFileSync(unsigned, target);
    else sign(unsigned, target, options.signing);
    return readFileSync(target).length;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function bundle(root: string, work: string, testControls: boolean): Promise<string> {
  const bundled = await rolldown({
    input: join(root, 'apps/agent/src/main.ts'),
    platform: 'node',
    treeshake: true,
    transform: { define: { AGENT_TEST_CONTROLS: String(testControls) } },
  });
  const file = join(work, 'main.cjs');
  await bundled.write({ file, format: 'cjs', codeSplitting: false, minify: true });
  await bundled.close();
  return file;
}

function makeBlob(work: string, main: string, koffi: string): Buffer {
  const output = join(work, 'blob');
  const config = join(work, 'sea.json');
  const settings = {
    ...{ main, output, disableExperimentalSEAWarning: true, useSnapshot: false, useCodeCache: false },
    assets: { 'koffi.node': koffi },
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: 'ignore' });
  return readFileSync(output);
}

/** What the file's properties show. */
function brand(file: string): void {
  const executable = NtExecutable.from(readFileSync(file), { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  const [info] = Resource.VersionInfo.fromEntries(resources.entries);
  if (info === undefined) throw new Error('node.exe has no version info.');
  const [major = 0, minor = 0, patch = 0] = VERSION.split('.').map(Number);
  info.setFileVersion(major, minor, patch, 0, US_ENGLISH);
  info.setProductVersion(major, minor, patch, 0, US_ENGLISH);
  info.setStringValues(
    { lang: US_ENGLISH, codepage: UNICODE },
    {
      ...{ ProductName: 'Logonscope', FileDescription: 'User Session Monitor', CompanyName: 'Logonscope' },
      ...{ OriginalFilename: 'winagentUSM.exe', InternalName: 'winagentUSM', LegalCopyright: 'MIT License' },
    },
  );
  info.outputToResourceEntries(resources.entries);
  const groups = Resource.IconGroupEntry.fromEntries(resources.entries);
  const pictures = Data.IconFile.from(icon()).icons.map(({ data }) => data);
  for (const { id, lang } of groups)
    Resource.IconGroupEntry.replaceIconsForResource(resources.entries, id, lang, pictures);
  resources.outputResource(executable);
  writeFileSync(file, Buffer.from(executable.generate()));
}

/** Node's own signature would be wrong afterwards; without the tool it is left, and Windows says so. */
function hasSigner(): boolean {
  try {
    execFileSync('osslsigncode', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function sign(from: string, to: string, { certificate, key }: NonNullable<PackOptions['signing']>): void {
  const line = ['sign', '-h', 'sha256', '-certs', certificate, '-key', key, '-n', 'User Session Monitor'];
  rmSync(to, { force: true });
  execFileSync('osslsigncode', [...line, '-in', from, '-out', to]);
}
