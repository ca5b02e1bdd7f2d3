/** The verdict on the vulnerable functions of a package that is loaded. */
import type { Reachability } from '@breakwater/model';
import type { FunctionGraph, ModuleGraph, OpenSite, PlacedFunction } from '../../extractors/facts.ts';
import { count, listed } from './certificate.ts';
import type { Wanted, WantedFunction } from './wanted.ts';

/** What the package as a whole has: the imports that lead to it. */
export type Path = NonNullable<Reachability['path']>;

export interface LoadedPackage {
  readonly graph: ModuleGraph;
  /** Those of its places that are loaded. */
  readonly places: readonly string[];
  readonly path: Path;
}

export const judgeFunctions = (asked: LoadedPackage, wanted: Wanted): Reachability => {
  if (wanted.kind === 'module') return byModule(asked, wanted.because);
  const { calls } = asked.graph;
  const why = calls === undefined ? 'functions were not followed' : calls.unusable;
  if (calls === undefined || why !== undefined) return byModule(asked, why);
  const unread = asked.places.flatMap((place) => calls.notFollowed(place));
  const search = new Search(calls, asked.places, wanted.functions);
  const { found, path } = search;
  if (found !== undefined && path !== undefined) {
    return { status: 'reachable', granularity: 'function', path, because: [`${found.name}, ${wanted.source}`] };
  }
  if (unread[0] !== undefined) return byModule(asked, `functions were not followed: ${unread[0]}`);
  if (search.missing !== undefined) return byModule(asked, `this version has no function ${search.missing}, ${wanted.source}`);
  if (wanted.vague === true) return byModule(asked, `no path to what was ${wanted.source}, which also changed much else`);
  if (search.possible !== undefined) return { status: 'unknown', granularity: 'function', because: guesses(search.possible) };
  const open = asked.graph.open.filter((site) => mayCall(site, asked.places) && calls.runs(site));
  return open.length > 0
    ? { status: 'unknown', granularity: 'function', because: listed(open) }
    : { status: 'loaded', granularity: 'function', path: asked.path, because: absence(wanted, calls) };
};

const byModule = ({ path }: LoadedPackage, because?: string): Reachability => ({
  status: 'reachable',
  granularity: 'module',
  path,
  because: because === undefined ? [] : [because],
});

/** Code that is not known when it runs can call what it can load. */
const mayCall = ({ mayLoad }: OpenSite, places: readonly string[]): boolean =>
  mayLoad === 'any-resolvable' || places.some((place) => mayLoad.includes(place));

/** The last step before the function: there, what is called cannot be told. */
const guesses = (path: Path): readonly string[] => {
  const at = path.at(-2) ?? path[0];
  const holder = at?.fullyQualifiedName === undefined ? '' : `${at.fullyQualifiedName} `;
  return [`${holder}${at?.uri}:${at?.region?.startLine ?? 1} (which function is called cannot be told)`];
};

const MOST_NAMES = 6;

const absence = (wanted: Wanted & { kind: 'functions' }, { reached, functions }: FunctionGraph): readonly string[] => {
  const names = [...new Set(wanted.functions.map((each) => each.name))];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return [
    `no path to ${names.slice(0, MOST_NAMES).join(', ')}${more}, ${wanted.source}`,
    `${count(reached)} of ${count(functions)} functions may run`,
  ];
};

class Search {
  found: PlacedFunction | undefined;
  path: Path | undefined;
  /** A way that has a call of which nothing is known. */
  possible: Path | undefined;
  /** A wanted function that no loaded module has, although the module it was in is loaded; undefined when some wanted one is there. */
  missing: string | undefined;

  constructor(calls: FunctionGraph, places: readonly string[], wanted: readonly WantedFunction[]) {
    let known = false;
    for (const place of places) {
      for (const { name, file } of wanted) {
        const functions = calls.named(place, name, file);
        known ||= functions.length > 0 || (file !== undefined && !calls.isLoaded(place, file));
        if (this.path === undefined) this.#take(calls, functions);
      }
    }
    if (!known) this.missing = wanted[0]?.name;
  }

  #take(calls: FunctionGraph, functions: readonly PlacedFunction[]): void {
    for (const fn of functions) {
      const path = calls.pathTo(fn);
      this.possible ??= calls.pathTo(fn, false);
      if (path === undefined) continue;
      this.found = fn;
      this.path = path;
      return;
    }
  }
}
