/** What was seen to run: a vulnerable function, or, where none is known, the package. Only promotes; what was not seen may run all the same. */
import type { Location, Reachability } from '@breakwater/model';
import type { ExecutedFunction, FunctionGraph, PlacedFunction, RuntimeEvidence } from '../../extractors/facts.ts';
import { ranIn } from '../../javascript/functions/ran.ts';
import type { Asked } from './places.ts';
import type { Wanted } from './wanted.ts';

/** undefined = nothing of it was seen. */
export const executedOf = (asked: Asked, wanted: Wanted, { executed }: RuntimeEvidence): Reachability | undefined => {
  if (executed.size === 0) return undefined;
  return wanted.kind === 'functions' ? functionSeen(asked, wanted, executed) : packageSeen(asked, executed);
};

type Executed = RuntimeEvidence['executed'];

const functionSeen = (
  { graph, places }: Asked,
  { functions, source }: Wanted & { kind: 'functions' },
  executed: Executed,
): Reachability | undefined => {
  const { calls } = graph;
  if (calls === undefined) return undefined;
  for (const place of places) {
    for (const fn of functions.flatMap(({ name, file }) => calls.named(place, name, file))) {
      const seen = ranIn(executed.get(fn.uri) ?? [], fn);
      if (seen !== undefined)
        return { status: 'executed', granularity: 'function', path: pathOf(calls, fn), because: [seenIn(seen), `${fn.name}, ${source}`] };
    }
  }
  return undefined;
};

/** The calls that lead there, as far as they can be told, or the place alone. */
const pathOf = (calls: FunctionGraph, fn: PlacedFunction): readonly Location[] =>
  calls.pathTo(fn) ?? [{ uri: fn.uri, region: { startLine: fn.place[0] }, message: fn.name }];

const packageSeen = ({ graph, places }: Asked, executed: Executed): Reachability | undefined => {
  for (const place of places) {
    const folder = `${graph.keyOf?.(place) ?? place}/`;
    for (const [uri, [seen]] of executed) {
      if (seen === undefined || !uri.startsWith(folder) || uri.slice(folder.length).includes('node_modules/')) continue;
      const path = graph.loaded.get(place) ?? [{ uri, region: { startLine: seen.start[0] }, message: seen.name }];
      return { status: 'executed', granularity: 'module', path, because: [seenIn(seen)] };
    }
  }
  return undefined;
};

const seenIn = ({ seen }: ExecutedFunction): string => `seen to run in ${seen}`;
