/** Programs that really run, what V8 says of them, and what Breakwater makes of that. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '@breakwater/model';
import type { DependencyGraph, ExecutedFunction } from '../../packages/engine/src/extractors/facts.ts';
import { applicationTree } from '../../packages/engine/src/extractors/javascript/file-tree.ts';
import { openWorld } from '../../packages/engine/src/extractors/javascript/world.ts';
import type { ReadProblem } from '../../packages/engine/src/extractors/reading.ts';
import { readRuntime } from '../../packages/engine/src/extractors/runtime/read.ts';
import { openReading, takeInventory } from '../../packages/engine/src/extractors/tree/open.ts';

const signal = new AbortController().signal;
const silent = (): void => undefined;

export const tree = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'bw-runtime-')));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
};

/** Runs `file` of `root` with Node; coverage goes to the folder that is returned, outside of the root. */
export const covered = async (root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bw-coverage-'));
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...plain } = process.env;
  await promisify(execFile)(process.execPath, [...args], { cwd: root, env: { ...plain, NODE_V8_COVERAGE: folder, ...env } });
  return folder;
};

export interface Seen {
  readonly executed: ReadonlyMap<string, readonly ExecutedFunction[]>;
  readonly problems: readonly ReadProblem[];
  /** `file: name, name`, a module as `.`. */
  readonly names: Readonly<Record<string, string>>;
}

export interface Where {
  readonly root: string;
  /** Named on the command line. */
  readonly coverage?: readonly string[];
  readonly config?: Config;
  /** `node_modules/a` → version. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly manifest?: string;
}

export const seenIn = async ({ root, coverage = [], config = {}, packages = {}, manifest = 'package-lock.json' }: Where): Promise<Seen> => {
  const problems: ReadProblem[] = [];
  const reading = openReading({
    root,
    inventory: await takeInventory(root, signal),
    config,
    control: 'reachability',
    offline: true,
    cache: await mkdtemp(join(tmpdir(), 'bw-cache-')),
    advisories: '',
    coverage: coverage.map((path) => ({ path, shown: path.slice(path.lastIndexOf('/') + 1) })),
    signal,
    problem: (problem) => problems.push(problem),
    progress: silent,
    looked: silent,
  });
  const graph: DependencyGraph = { manifest, kind: 'package-lock', direct: {}, packages: Object.entries(packages).map(locked) };
  const { executed } = await readRuntime(reading, await openWorld(reading, [graph], applicationTree(reading)));
  const said = (found: readonly ExecutedFunction[]) =>
    found.map(({ name, start }) => name || (start[0] * start[1] === 1 ? '.' : '?')).join(', ');
  return { executed, problems, names: Object.fromEntries([...executed].map(([path, found]) => [path, said(found)])) };
};

const locked = ([place, version]: readonly [string, string]): DependencyGraph['packages'][number] => {
  const name = place.split('node_modules/').at(-1) ?? '';
  return {
    ecosystem: 'npm',
    name,
    version,
    purl: `pkg:npm/${name}@${version}`,
    place,
    scope: 'required',
    direct: true,
    path: [],
    region: { startLine: 1 },
    hasInstallScript: false,
    dependencies: {},
  };
};
