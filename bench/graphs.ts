/** Made-up lockfiles of any size: deterministic, with names from the advisory index and a graph as registries have it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TABLE = join(import.meta.dirname, '../packages/engine/data/advisories/index.tsv');

export interface MadePackage {
  readonly name: string;
  readonly version: string;
  /** Indexes of what it needs, all larger than its own: a graph without circles. */
  readonly needs: readonly number[];
}

/** Multiplied by a number without common factors: spread out, and the same every time. */
const spread = (i: number, salt: number, below: number): number =>
  Number((BigInt(i + 1) * 2_654_435_761n + BigInt(salt) * 40_503n) % BigInt(below));

/** Names of an ecosystem in the index, each once, in order. */
const knownNames = (ecosystem: string): readonly string[] => [
  ...new Set(
    readFileSync(TABLE, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [of, name] = line.split('\t');
        return of === ecosystem && name !== undefined && /^(@[\w.-]+\/)?[\w.-]+$/.test(name) ? [name] : [];
      }),
  ),
];

/** One in ten is in the index (as long as there are such names); five needs each, one near (so that ways get long) and four anywhere. */
export const madePackages = (ecosystem: string, count: number): readonly MadePackage[] => {
  const known = knownNames(ecosystem);
  return Array.from({ length: count }, (_, i) => {
    const after = count - i - 1;
    const anywhere = [1, 2, 3, 4].map((salt) => i + 1 + spread(i, salt, Math.max(after, 1)));
    const needs = after === 0 ? [] : [...new Set([i + 1, ...anywhere])].filter((n) => n < count);
    const name = i % 10 === 0 ? known[i / 10] : undefined;
    return { name: name ?? `made-up-${i}`, version: `${1 + (i % 3)}.${i % 7}.${i % 13}`, needs };
  });
};

/** What the project itself asks for: one in twenty. */
const directs = (packages: readonly MadePackage[]): readonly MadePackage[] => packages.filter((_, i) => i % 20 === 0);

const digest = (i: number): string => Buffer.from(`made-up package ${i}`.padEnd(64)).toString('base64');
const hex = (i: number): string => i.toString(16).padStart(64, '0');

const ranges = (items: readonly (MadePackage | undefined)[]): Record<string, string> =>
  Object.fromEntries(items.flatMap((item) => (item === undefined ? [] : [[item.name, `^${item.version}`]])));

export interface Workspace {
  readonly folder: string;
  readonly asks: readonly MadePackage[];
}

/** `count` workspaces that share out what is asked for directly. */
export const workspaces = (packages: readonly MadePackage[], count: number): readonly Workspace[] =>
  Array.from({ length: count }, (_, w) => ({
    folder: `packages/app-${w}`,
    asks: directs(packages).filter((_item, i) => i % count === w),
  }));

export const packageLock = (packages: readonly MadePackage[], members: readonly Workspace[] = []): string => {
  const own = members.length === 0 ? { dependencies: ranges(directs(packages)) } : { workspaces: ['packages/*'] };
  const entries: Record<string, unknown> = { '': { name: 'bench', version: '1.0.0', ...own } };
  for (const { folder, asks } of members) {
    const name = folder.replace('packages/', 'bench-');
    entries[folder] = { name, version: '1.0.0', dependencies: ranges(asks) };
    entries[`node_modules/${name}`] = { resolved: folder, link: true };
  }
  for (const [i, { name, version, needs }] of packages.entries())
    entries[`node_modules/${name}`] = {
      version,
      resolved: `https://registry.npmjs.org/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`,
      integrity: `sha512-${digest(i)}`,
      license: 'MIT',
      dependencies: ranges(needs.map((n) => packages[n])),
    };
  return JSON.stringify({ name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages: entries }, null, 2);
};

const quoted = (key: string): string => (key.startsWith('@') ? `'${key}'` : key);

export const pnpmLock = (packages: readonly MadePackage[], members: readonly Workspace[] = []): string => {
  const importer = ({ folder, asks }: Workspace): string =>
    [
      `  ${folder}:`,
      ...(asks.length === 0 ? [] : ['    dependencies:']),
      ...asks.map(({ name, version }) => `      ${quoted(name)}:\n        specifier: ^${version}\n        version: ${version}`),
    ].join('\n');
  const importers = [{ folder: '.', asks: members.length === 0 ? directs(packages) : [] }, ...members].map(importer);
  const entries = packages.map(
    ({ name, version }, i) =>
      `  ${quoted(`${name}@${version}`)}:\n    resolution: {integrity: sha512-${digest(i)}}\n    engines: {node: '>=18'}\n`,
  );
  const snapshots = packages.map(({ name, version, needs }) => {
    const lines = needs.flatMap((n) => packages[n] ?? []).map((item) => `      ${quoted(item.name)}: ${item.version}`);
    return lines.length === 0
      ? `  ${quoted(`${name}@${version}`)}: {}\n`
      : `  ${quoted(`${name}@${version}`)}:\n    dependencies:\n${lines.join('\n')}\n`;
  });
  return `lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n\nimporters:\n\n${importers.join('\n\n')}\n\npackages:\n\n${entries.join('\n')}\nsnapshots:\n\n${snapshots.join('\n')}`;
};

export const uvLock = (packages: readonly MadePackage[]): string => {
  const needsOf = (items: readonly (MadePackage | undefined)[]): string => {
    const lines = items.flatMap((item) => (item === undefined ? [] : [`    { name = "${item.name}" },`]));
    return lines.length === 0 ? '' : `dependencies = [\n${lines.join('\n')}\n]\n`;
  };
  const project = `[[package]]\nname = "bench"\nversion = "1.0.0"\nsource = { virtual = "." }\n${needsOf(directs(packages))}`;
  const tables = packages.map(
    ({ name, version, needs }, i) =>
      `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "https://pypi.org/simple" }\n${needsOf(needs.map((n) => packages[n]))}sdist = { url = "https://files.example/${name}-${version}.tar.gz", hash = "sha256:${hex(i)}", size = ${1000 + i} }\nwheels = [\n    { url = "https://files.example/${name}-${version}-py3-none-any.whl", hash = "sha256:${hex(i)}", size = ${900 + i} },\n]\n`,
  );
  return `version = 1\nrevision = 2\nrequires-python = ">=3.11"\n\n${[project, ...tables].join('\n')}`;
};

export const cargoLock = (packages: readonly MadePackage[]): string => {
  const needsOf = (items: readonly (MadePackage | undefined)[]): string => {
    const lines = items.flatMap((item) => (item === undefined ? [] : [` "${item.name}",`]));
    return lines.length === 0 ? '' : `dependencies = [\n${lines.join('\n')}\n]\n`;
  };
  const project = `[[package]]\nname = "bench"\nversion = "1.0.0"\n${needsOf(directs(packages))}`;
  const tables = packages.map(
    ({ name, version, needs }, i) =>
      `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${hex(i)}"\n${needsOf(needs.map((n) => packages[n]))}`,
  );
  return `# This file is automatically @generated by Cargo.\nversion = 3\n\n${[project, ...tables].join('\n')}`;
};
