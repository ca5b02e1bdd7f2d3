/** Small npm projects for tests: folder, lockfile, history, and a scan that knows a list of flaws. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '@breakwater/model';
import semver from 'semver';
import { fingerprint } from '../../../packages/engine/src/lib/digest.ts';
import type { JsonObject } from '../../../packages/engine/src/remediation/json/plain.ts';
import { nameOfPlace, readLockfile } from '../../../packages/engine/src/remediation/npm/lockfile.ts';
import type { FakeRelease } from './registry.ts';
import { integrityOf } from './registry.ts';

export interface Flaw {
  readonly id: string;
  readonly name: string;
  readonly range: string;
}

export const isVulnerable =
  (flaws: readonly Flaw[]) =>
  async (name: string, version: string): Promise<readonly string[]> =>
    flaws.filter((flaw) => flaw.name === name && semver.satisfies(version, flaw.range)).map((flaw) => flaw.id);

export const findingFor = (flaw: Flaw, version: string, place: string): Finding => ({
  ruleId: 'build/vulnerable-dependency',
  kind: 'fail',
  severity: 'high',
  confidence: 'high',
  message: `${flaw.name} ${version}: ${flaw.id}`,
  target: { kind: 'directory', uri: '.' },
  locations: [{ uri: 'package-lock.json' }],
  fingerprint: fingerprint('dependency/v1', flaw.id, flaw.name, 'package-lock.json'),
  component: { purl: `pkg:npm/${flaw.name}@${version}`, bomRef: `package-lock.json#${place}`, scope: 'required' },
  vulnerability: { id: flaw.id, aliases: [] },
  properties: {},
});

/** What a scan of the lockfile alone would find. */
export const scanOf =
  (flaws: readonly Flaw[]) =>
  async (folder: string): Promise<readonly Finding[]> => {
    const lock = readLockfile(await readFile(join(folder, 'package-lock.json'), 'utf8'));
    return [...lock.packages.values()].flatMap((pkg) =>
      flaws
        .filter((flaw) => flaw.name === pkg.name && semver.satisfies(pkg.version ?? '0.0.0', flaw.range))
        .map((flaw) => findingFor(flaw, pkg.version ?? '', pkg.place)),
    );
  };

export interface Spec {
  readonly manifest: JsonObject;
  /** Place → version. */
  readonly installed: Readonly<Record<string, string>>;
  readonly releases: readonly FakeRelease[];
  readonly files?: Readonly<Record<string, string>>;
  /** Addresses in the lockfile begin with this; none are written without it. */
  readonly host?: string;
}

/** The lockfile that npm would have written for this tree. */
export const lockText = async (spec: Spec): Promise<string> => {
  const entries = await Promise.all(
    Object.entries(spec.installed).map(async ([place, version]): Promise<[string, JsonObject]> => {
      const name = nameOfPlace(place);
      const release = spec.releases.find((one) => one.name === name && one.version === version);
      if (release === undefined) throw new Error(`no release ${name} ${version}`);
      const resolved = spec.host === undefined ? {} : { resolved: `${spec.host}/${name}/-/${name.split('/').at(-1)}-${version}.tgz` };
      return [place, { version, ...resolved, integrity: await integrityOf(release), ...release.manifest }];
    }),
  );
  const { scripts, overrides, ...root } = spec.manifest;
  const lock = {
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
};

export interface Folder extends AsyncDisposable {
  readonly path: string;
  read(uri: string): Promise<string>;
  write(uri: string, text: string): Promise<void>;
  git(...args: readonly string[]): Promise<string>;
}

export const emptyFolder = async (): Promise<Folder> => {
  const path = await mkdtemp(join(tmpdir(), 'breakwater-test-'));
  return {
    path,
    read: (uri) => readFile(join(path, uri), 'utf8'),
    write: async (uri, text) => {
      await mkdir(dirname(join(path, uri)), { recursive: true });
      await writeFile(join(path, uri), text);
    },
    git: async (...args) =>
      (await promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], { cwd: path })).stdout,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
};

/** Committed. package.json is written with tabs, so that a rewrite of its style would show. */
export const projectFolder = async (spec: Spec): Promise<Folder> => {
  const folder = await emptyFolder();
  await folder.write('package.json', `${JSON.stringify({ name: 'shop', version: '1.0.0', ...spec.manifest }, null, '\t')}\n`);
  await folder.write('package-lock.json', await lockText({ ...spec, manifest: { name: 'shop', version: '1.0.0', ...spec.manifest } }));
  for (const [uri, text] of Object.entries(spec.files ?? {})) await folder.write(uri, text);
  await folder.git('init', '-q', '-b', 'main');
  await folder.git('add', '-A');
  await folder.git('commit', '-q', '-m', 'start');
  return folder;
};
