/** Module graphs of the target: which packages its entry points load, which they may load, and where that cannot be told. */
import { createHash } from 'node:crypto';
import type { DependencyGraph, ModuleGraph } from '../facts.ts';
import type { Reading } from '../reading.ts';
import type { Closing, ClosingContext } from './closing.ts';
import { closeSites } from './closing.ts';
import { findEntries } from './entries.ts';
import { FactsCache } from './facts-cache.ts';
import { applicationTree } from './file-tree.ts';
import { functionGraphsOf } from './function-graph.ts';
import { reportGaps } from './gaps.ts';
import { maybeLoaded } from './maybe.ts';
import { loadModels } from './models.ts';
import { readFacts } from './module-source.ts';
import { openEnds } from './open-ends.ts';
import { graphsFrom } from './per-manifest.ts';
import type { Own } from './resolve.ts';
import { ModuleResolver } from './resolve.ts';
import { templatesLoad } from './templates.ts';
import { Traversal } from './traverse.ts';
import { typeScriptPaths } from './tsconfig.ts';
import { localPackages } from './workspaces.ts';
import { manifestsOf, openWorld } from './world.ts';

/**
 * One graph for each lockfile, in their order. Never throws for what the target holds. Problems: BW3030 code of packages not at
 * hand, BW3031 a pin that fits no open site; neither makes the run incomplete, since unknown is counted as such.
 */
export const readModuleGraphs = async (reading: Reading, graphs: readonly DependencyGraph[]): Promise<readonly ModuleGraph[]> => {
  if (graphs.length === 0) return [];
  const models = await loadModels();
  const own = await ownCode(reading);
  const world = await openWorld(reading, graphs, own.tree);
  const resolver = new ModuleResolver(world, own);
  const entries = await findEntries({ reading, graphs, own, world, resolver });
  const cache = new FactsCache(reading.cache, models.watched);
  const group = `application ${createHash('sha256').update(reading.root).digest('hex')}`;
  const context = { cache, watched: models.watched, group };
  const traversal = new Traversal({
    world,
    resolver,
    signal: reading.signal,
    progress: reading.progress,
    factsOf: async (ref) => {
      const opened = ref.unit === undefined ? own : await world.open(ref.unit);
      return 'why' in opened ? { loads: [], unknown: [], named: [] } : readFacts(ref, opened.tree, context);
    },
  });
  await traversal.fromEntries(entries);
  const closing = await settled(traversal, {
    models,
    pins: reading.config.reachability?.pins ?? [],
    templatesLoad: await templatesLoad(reading),
  });
  await cache.save();
  const ends = openEnds(traversal, closing, world);
  const maybe = maybeLoaded(world, ends, new Set(traversal.loaded.keys()));
  reportGaps(reading, traversal, closing);
  return graphsFrom({ world, graphs, entries, traversal, closing, ends, maybe, callsOf: functionGraphsOf(traversal) });
};

const ownCode = async (reading: Reading): Promise<Own> => {
  const tree = applicationTree(reading);
  const manifestOf = manifestsOf(tree);
  return { tree, own: true, manifestOf, typeScript: typeScriptPaths(tree), locals: await localPackages(tree, manifestOf) };
};

/** What a closed site loads may hold sites itself: until nothing new comes. */
const settled = async (traversal: Traversal, context: ClosingContext): Promise<Closing> => {
  for (;;) {
    const closing = closeSites(traversal.visits, context);
    const before = traversal.visits.length;
    await traversal.fromLoads(closing.loads);
    if (traversal.visits.length === before) return closing;
  }
};
