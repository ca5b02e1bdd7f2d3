/** Alarms of the risk checks on real lockfiles, with names, to judge by eye: `npm run risk -- FOLDER_OF_LOCKFILES`. */
import { openIndex } from '../packages/engine/src/advisories/open.ts';
import { snapshotFolder } from '../packages/engine/src/advisories/snapshot.ts';
import { advisoriesFor } from '../packages/engine/src/controls/build/dependencies/advisories.ts';
import { riskChecks } from '../packages/engine/src/controls/build/dependencies/catalogue.gen.ts';
import { newestPublished } from '../packages/engine/src/controls/build/dependencies/published.ts';
import { orderingOf } from '../packages/engine/src/ecosystems/versions/ordering.ts';
import { readDependencies } from '../packages/engine/src/extractors/dependencies/read.ts';
import type { DependencyGraph, Package } from '../packages/engine/src/extractors/facts.ts';
import { readPopular } from '../packages/engine/src/extractors/popular/read.ts';
import { readRegistries } from '../packages/engine/src/extractors/registries/read.ts';
import { openReading, takeInventory } from '../packages/engine/src/extractors/tree/open.ts';
import { byKeys } from '../packages/engine/src/lib/order.ts';

const COMMON = 200;
const ECOSYSTEMS = ['npm', 'PyPI'] as const;
const silent = (): void => undefined;

/** The names in most lockfiles, each lockfile once; of as many by name. */
const commonNames = (graphs: readonly DependencyGraph[], ecosystem: Package['ecosystem']): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const { packages } of graphs) {
    const names = new Set(packages.filter((item) => item.ecosystem === ecosystem).map((item) => item.name));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(
    byKeys(
      ([, count]) => -count,
      ([name]) => name,
    ),
  );
  return new Set(sorted.slice(0, COMMON).map(([name]) => name));
};

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: npm run risk -- FOLDER_OF_LOCKFILES');
const { signal } = new AbortController();
const inventory = await takeInventory(root, signal);
const silence = { problem: silent, progress: silent, looked: silent };
const reading = openReading({
  root,
  inventory,
  config: {},
  control: 'dependencies',
  offline: true,
  cache: '',
  advisories: '',
  signal,
  ...silence,
});
const graphs = await readDependencies(reading);
const registries = await readRegistries(reading);
const popular = await readPopular();
const index = await openIndex(snapshotFolder);
const advisoriesOf = await advisoriesFor(graphs, index);
await index.close();
const published = (ecosystem: string, name: string) => newestPublished(advisoriesOf(ecosystem, name), orderingOf(ecosystem));
const projects = new Map<string, DependencyGraph[]>();
for (const graph of graphs) {
  const project = graph.manifest.split('/')[0] ?? '';
  projects.set(project, [...(projects.get(project) ?? []), graph]);
}
const common = new Set(ECOSYSTEMS.flatMap((ecosystem) => [...commonNames(graphs, ecosystem)].map((name) => `${ecosystem} ${name}`)));
const packages = graphs.reduce((sum, graph) => sum + graph.packages.length, 0);
process.stdout.write(`${graphs.length} manifests, ${packages} packages, ${common.size} common names\n`);

for (const { rule, find } of riskChecks) {
  const lines = new Set<string>();
  const onCommon = new Set<string>();
  for (const graph of graphs) {
    // projects stand side by side below the folder: the settings of one do not hold for another
    const project = graph.manifest.split('/')[0] ?? '';
    const own = registries.filter(({ uri }) => uri.startsWith(`${project}/`));
    const dependencies = projects.get(project) ?? [graph];
    for (const { at, message } of find({
      graph,
      dependencies,
      popular,
      registries: own,
      published,
      licences: { allow: [], deny: [] },
    })) {
      lines.add(`${message}\t${at.uri}`);
      const item = graph.packages.find((one) => `${one.name}@${one.version}` === at.fullyQualifiedName);
      if (item !== undefined && common.has(`${item.ecosystem} ${item.name}`)) onCommon.add(item.name);
    }
  }
  process.stdout.write(`\n${rule.id}: ${lines.size} alarms, ${onCommon.size} of the common names ${[...onCommon].join(' ')}\n`);
  for (const line of lines) process.stdout.write(`  ${line}\n`);
}
