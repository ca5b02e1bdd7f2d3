/** Figures of dependency scanning: lockfiles of growing size in a process each, and whole commands on a monorepo. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MadePackage } from './graphs.ts';
import { cargoLock, madePackages, packageLock, pnpmLock, uvLock, workspaces } from './graphs.ts';

const root = join(import.meta.dirname, '..');
const SIZES = [1_000, 10_000, 100_000];
const RUNS = 3;

interface Kind {
  readonly file: string;
  readonly ecosystem: string;
  readonly text: (packages: readonly MadePackage[]) => string;
}

const KINDS: readonly Kind[] = [
  { file: 'package-lock.json', ecosystem: 'npm', text: packageLock },
  { file: 'pnpm-lock.yaml', ecosystem: 'npm', text: pnpmLock },
  { file: 'uv.lock', ecosystem: 'PyPI', text: uvLock },
  { file: 'Cargo.lock', ecosystem: 'crates.io', text: cargoLock },
];

interface Probe {
  readonly readMs: number;
  readonly matchMs: number;
  readonly peakMb: number;
  readonly packages: number;
  readonly findings: number;
  readonly problems: readonly string[];
}

const engine = (name: string): string => JSON.stringify(join(root, `packages/engine/dist/${name}.js`));

const PROBE = `
import { openReading, takeInventory } from ${engine('extractors/tree/open')};
import { readDependencies } from ${engine('extractors/dependencies/read')};
import { readPopular } from ${engine('extractors/popular/read')};
import { openIndex } from ${engine('advisories/open')};
import { dependencies } from ${engine('controls/build/dependencies/control')};
const [root, folder] = process.argv.slice(1);
const { signal } = new AbortController();
const silent = () => undefined;
const problems = [];
const advisories = await openIndex(folder);
const popular = await readPopular();
const inventory = await takeInventory(root, signal);
const started = performance.now();
const graphs = await readDependencies(openReading({ root, inventory, config: {}, control: 'dependencies', offline: true, cache: '',
  advisories: '', signal, problem: (one) => problems.push(one.message), progress: silent, looked: silent }));
const read = performance.now();
const facts = { dependencies: graphs, advisories, popular, registries: [], licences: { allow: [], deny: [] } };
let findings = 0;
for await (const _ of dependencies.run(facts, { kind: 'directory', uri: '.' }, { signal, now: () => '', log: silent })) findings += 1;
const matched = performance.now();
await advisories.close();
const packages = graphs.reduce((sum, graph) => sum + graph.packages.length, 0);
console.log(JSON.stringify({ readMs: read - started, matchMs: matched - read, peakMb: process.resourceUsage().maxRSS / 1024, packages, findings, problems }));`;

const probe = (folder: string): Probe => {
  const advisories = join(root, 'packages/engine/data/advisories');
  const args = ['--input-type=module', '-e', PROBE, folder, advisories];
  const ended = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return JSON.parse(ended.stdout);
};

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const rowOf = ({ file, ecosystem, text }: Kind, count: number, work: string): string => {
  const folder = join(work, `${file}-${count}`);
  mkdirSync(folder, { recursive: true });
  const content = text(madePackages(ecosystem, count));
  writeFileSync(join(folder, file), content);
  const probes = Array.from({ length: RUNS }, () => probe(folder));
  rmSync(folder, { recursive: true });
  const [first] = probes;
  if (first === undefined || first.packages !== count)
    throw new Error(`${file}: ${first?.packages} of ${count} packages: ${first?.problems}`);
  const [read, match] = [median(probes.map((one) => one.readMs)), median(probes.map((one) => one.matchMs))];
  const peak = Math.max(...probes.map((one) => one.peakMb));
  const size = (content.length / 2 ** 20).toFixed(1);
  const perPackage = (((read + match) / count) * 1000).toFixed(0);
  return `| ${file} | ${count.toLocaleString('en-US')} | ${size} | ${read.toFixed(0)} | ${match.toFixed(0)} | ${perPackage} | ${first.findings} | ${peak.toFixed(0)} |`;
};

/** A table of its own: reading and matching without starting Node and loading modules. */
export const dependencyTable = (work: string): readonly string[] => [
  '| lockfile | packages | MB | reading ms | matching ms | µs a package | findings | peak MB |',
  '|---|--:|--:|--:|--:|--:|--:|--:|',
  ...KINDS.flatMap((kind) => SIZES.map((count) => rowOf(kind, count, work))),
];

const MONOREPO = 5_000;
const MEMBERS = 40;

/** Folders of the same monorepo, locked by npm and by pnpm. */
export const monorepos = (work: string): readonly { readonly tool: string; readonly folder: string }[] => {
  const packages = madePackages('npm', MONOREPO);
  const members = workspaces(packages, MEMBERS);
  const locks = [
    { tool: 'npm', file: 'package-lock.json', text: packageLock(packages, members) },
    { tool: 'pnpm', file: 'pnpm-lock.yaml', text: pnpmLock(packages, members) },
  ];
  return locks.map(({ tool, file, text }) => {
    const folder = join(work, `monorepo-${tool}`);
    for (const { folder: member, asks } of members) {
      mkdirSync(join(folder, member), { recursive: true });
      const dependencies = Object.fromEntries(asks.map(({ name, version }) => [name, `^${version}`]));
      const name = member.replace('packages/', 'bench-');
      writeFileSync(join(folder, member, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js', dependencies }));
      writeFileSync(join(folder, member, 'index.js'), asks.map(({ name: asked }, i) => `const a${i} = require('${asked}');\n`).join(''));
    }
    const workspace = tool === 'npm' ? { workspaces: ['packages/*'] } : {};
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench', version: '1.0.0', private: true, ...workspace }));
    if (tool === 'pnpm') writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages:\n  - packages/*\n');
    writeFileSync(join(folder, file), text);
    return { tool, folder };
  });
};
