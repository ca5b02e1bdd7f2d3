/** Alerts of the product beside those of the oracle, lockfile by lockfile: `npm run oracle -- FOLDER_OF_LOCKFILES OSV_FOLDER`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Finding } from '@breakwater/model';
import { buildIndex } from '../../packages/engine/src/advisories/build.ts';
import { openIndex } from '../../packages/engine/src/advisories/open.ts';
import { dependencies } from '../../packages/engine/src/controls/build/dependencies/control.ts';
import { vulnerableDependency } from '../../packages/engine/src/controls/build/dependencies/rule.ts';
import { readDependencies } from '../../packages/engine/src/extractors/dependencies/read.ts';
import type { DependencyGraph } from '../../packages/engine/src/extractors/facts.ts';
import { openReading, takeInventory } from '../../packages/engine/src/extractors/tree/open.ts';
import type { PlainPackage } from './inventories.ts';
import { plainReaderOf } from './inventories.ts';
import { alertsOf } from './matcher.ts';
import type { PlainRecord } from './records.ts';
import { recordsIn } from './records.ts';

const ECOSYSTEMS = ['npm', 'PyPI', 'Go', 'crates.io'];
const signal = new AbortController().signal;
const silent = (): void => undefined;

export interface Compared {
  readonly uri: string;
  readonly packages: {
    readonly ours: number;
    readonly plain: number;
    readonly onlyOurs: readonly string[];
    readonly onlyPlain: readonly string[];
  };
  readonly alerts: {
    readonly ours: number;
    readonly plain: number;
    readonly onlyOurs: readonly string[];
    readonly onlyPlain: readonly string[];
  };
}

const without = (a: readonly string[], b: readonly string[]): readonly string[] => a.filter((one) => !b.includes(one));
const keyOf = ({ ecosystem, name, version }: PlainPackage): string => `${ecosystem} ${name} ${version}`;

const versionsOf = (finding: Finding): readonly string[] =>
  finding.locations.map(({ fullyQualifiedName: name = '' }) => name.slice(name.lastIndexOf('@') + 1));

const alertsIn = async (graph: DependencyGraph, index: Awaited<ReturnType<typeof openIndex>>): Promise<readonly string[]> => {
  const facts = { dependencies: [graph], advisories: index, popular: new Map(), registries: [], licences: { allow: [], deny: [] } };
  const alerts = new Set<string>();
  const context = { signal, now: () => '' as never, log: silent }; // the control asks for no time
  for await (const finding of dependencies.run(facts, { kind: 'directory', uri: '.' }, context)) {
    if (finding.ruleId !== vulnerableDependency.id || finding.vulnerability === undefined || finding.component === undefined) continue;
    const [id = ''] = [finding.vulnerability.id, ...finding.vulnerability.aliases].sort();
    const item = graph.packages.find((one) => one.purl === finding.component?.purl);
    for (const version of versionsOf(finding))
      alerts.add(`${item?.ecosystem} ${item?.name} ${version} ${id}${finding.kind === 'open' ? ' ?' : ''}`);
  }
  return [...alerts].sort();
};

const graphsIn = async (root: string): Promise<readonly DependencyGraph[]> => {
  const inventory = await takeInventory(root, signal);
  const silence = { problem: silent, progress: silent, looked: silent };
  return readDependencies(
    openReading({ root, inventory, config: {}, control: 'dependencies', offline: true, cache: '', advisories: '', signal, ...silence }),
  );
};

/** `root` holds lockfiles anywhere below. Lockfiles of kinds without a plain reader are left out. */
export const compare = async (root: string, osv: string): Promise<readonly Compared[]> => {
  const records = recordsIn(osv, ECOSYSTEMS);
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-oracle-'));
  try {
    await buildIndex({ from: osv, to: join(folder, 'index'), signal });
    const index = await openIndex(join(folder, 'index'));
    const graphs = await graphsIn(root);
    const results: Compared[] = [];
    for (const uri of filesBelow(root)) {
      const read = plainReaderOf(uri);
      const graph = graphs.find(({ manifest }) => manifest === uri);
      if (read !== undefined)
        results.push(
          await compareOne(uri, readFileSync(join(root, uri), 'utf8'), { graph, index, records, beside: textBeside(join(root, uri)) }),
        );
    }
    await index.close();
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Sides {
  readonly graph: DependencyGraph | undefined;
  readonly index: Awaited<ReturnType<typeof openIndex>>;
  readonly records: readonly PlainRecord[];
  readonly beside: (name: string) => string | undefined;
}

const textBeside =
  (file: string) =>
  (name: string): string | undefined => {
    const path = join(dirname(file), name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };

const compareOne = async (uri: string, text: string, { graph, index, records, beside }: Sides): Promise<Compared> => {
  const plain = plainReaderOf(uri)?.(text, beside) ?? [];
  const ours = [...new Set((graph?.packages ?? []).map(keyOf))];
  const theirs = [...new Set(plain.map(keyOf))];
  const ourAlerts = graph === undefined ? [] : await alertsIn(graph, index);
  const theirAlerts = alertsOf(plain, records);
  return {
    uri,
    packages: { ours: ours.length, plain: theirs.length, onlyOurs: without(ours, theirs), onlyPlain: without(theirs, ours) },
    alerts: {
      ours: ourAlerts.length,
      plain: theirAlerts.length,
      onlyOurs: without(ourAlerts, theirAlerts),
      onlyPlain: without(theirAlerts, ourAlerts),
    },
  };
};

const filesBelow = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(root, join(root, name)))
    .filter((name) => !`/${name}`.includes('/node_modules/') && statSync(join(root, name)).isFile())
    .sort();

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [root, osv = '../shared/advisories/osv'] = process.argv.slice(2);
if (process.argv[1]?.endsWith('compare.ts') === true) {
  if (root === undefined) throw new Error('usage: npm run oracle -- FOLDER_OF_LOCKFILES [OSV_FOLDER]');
  const results = await compare(root, osv);
  for (const { uri, packages, alerts } of results) {
    say(`${uri}\t${packages.ours}/${packages.plain} packages\t${alerts.ours}/${alerts.plain} alerts`);
    for (const [side, names] of Object.entries({
      'only ours': packages.onlyOurs,
      'only plain': packages.onlyPlain,
      'alert only ours': alerts.onlyOurs,
      'alert only plain': alerts.onlyPlain,
    }))
      if (names.length > 0) say(`  ${side}: ${names.slice(0, 5).join(' | ')}${names.length > 5 ? ` … ${names.length}` : ''}`);
  }
  const different = results.filter(({ alerts }) => alerts.onlyOurs.length + alerts.onlyPlain.length > 0);
  const sum = (pick: (one: Compared) => number): number => results.reduce((total, one) => total + pick(one), 0);
  say(
    `${results.length} lockfiles, ${sum((r) => r.packages.ours)} packages, ${sum((r) => r.alerts.ours)} alerts of ours, ${sum((r) => r.alerts.plain)} of the oracle, ${different.length} lockfiles differ`,
  );
  process.exitCode = different.length === 0 ? 0 : 1;
}
