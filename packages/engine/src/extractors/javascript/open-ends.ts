/** Everything that keeps the module graph open, as sites with a place in the code. */

import { posix } from 'node:path';
import type { Location } from '@breakwater/model';
import type { UnknownKind } from '../../javascript/modules/module-facts.ts';
import type { OpenSite } from '../facts.ts';
import type { Closing } from './closing.ts';
import type { OpenEnd } from './maybe.ts';
import type { ModuleRef } from './resolve.ts';
import type { Stop, Traversal, Way } from './traverse.ts';
import { endOf, locationIn, nameAndVersion } from './ways.ts';
import type { Unit, World } from './world.ts';
import { folderOf } from './world.ts';

const WORDS: Readonly<Record<UnknownKind, string>> = {
  require: 'require of a name that is not constant',
  import: 'import of a name that is not constant',
  'handed on': 'require handed on',
  eval: 'eval of text that is not constant',
  Function: 'a function made from text that is not constant',
  vm: 'vm runs text that is not constant',
  compile: 'a module is compiled from text',
  resolution: "Node's resolution is replaced",
  process: 'a process of Node with a script that is not constant',
  native: 'a native addon whose path is not constant',
};

/** In the order in which the modules were come to. */
export const openEnds = (traversal: Traversal, closing: Closing, world: World): readonly OpenEnd[] => [
  ...closing.open.map(({ visit, site }) =>
    end(visit.ref, locationIn(visit.ref, site.line, site.text), `${site.text} (${WORDS[site.kind]})`),
  ),
  ...traversal.visits.flatMap(({ ref, facts }) => {
    if (facts.error !== undefined) return [end(ref, locationIn(ref, 1, ref.path), `the module ${facts.error}`)];
    return ref.unit !== undefined && ref.path.endsWith('.node') ? [native(ref, ref.unit, world)] : [];
  }),
  ...traversal.stops.map(stopped),
];

const end = (ref: ModuleRef, location: Location, what: string): OpenEnd => ({
  site: { location, ...(ref.unit === undefined ? {} : { place: ref.unit.item.place }), what, mayLoad: 'any-resolvable' },
  folder: ref.unit === undefined ? folderOf(ref.path) : posix.join(ref.unit.key, folderOf(ref.path)),
});

/** Native code can ask for modules through N-API, but has no names from outside: it is held to what its package declares. */
const native = (ref: ModuleRef, unit: Unit, world: World): OpenEnd => {
  const limited = Object.values(unit.item.dependencies).flatMap((place) => world.at(unit.graph, place) ?? []);
  const location = locationIn(ref, 1, ref.path);
  const site: OpenSite = { location, place: unit.item.place, what: 'native addon', mayLoad: limited.map((each) => each.item.place) };
  return { site, folder: unit.key, limited };
};

const stopped = ({ way, why, unit }: Stop): OpenEnd => {
  if (unit === undefined) return { site: siteOf(way, why), folder: folderBefore(way) };
  const site: OpenSite = { ...siteOf(way, `source missing of ${nameAndVersion(unit)}: ${why}`), place: unit.item.place };
  return { site, folder: unit.key };
};

const siteOf = (way: Way, what: string): OpenSite => {
  const place = 'entry' in way ? undefined : way.from.ref.unit?.item.place;
  return { location: endOf(way), ...(place === undefined ? {} : { place }), what, mayLoad: 'any-resolvable' };
};

const folderBefore = (way: Way): string => {
  if ('entry' in way) return folderOf(way.entry.uri);
  const { unit, path } = way.from.ref;
  return unit === undefined ? folderOf(path) : posix.join(unit.key, folderOf(path));
};
