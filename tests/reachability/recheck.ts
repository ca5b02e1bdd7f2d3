/** Checks what a certificate of absence says, without the code that made it: by Node's own resolution and a search of texts. */
import { join } from 'node:path';
import type { ModuleGraph } from '../../packages/engine/src/extractors/facts.ts';
import { walkWithNode } from './node-walk.ts';

/** Places that the graph rules out. */
export const ruledOut = ({ inconclusive, places, loaded, maybe }: ModuleGraph): readonly string[] =>
  inconclusive === undefined ? [...places.values()].flat().filter((place) => !loaded.has(place) && !maybe.has(place)) : [];

/** What is wrong with it, one a line; empty = it holds. `root` is where the lockfile of npm lies. */
export const recheck = (root: string, graph: ModuleGraph): readonly string[] => {
  const absent = ruledOut(graph);
  if (absent.length === 0) return [];
  const anything = graph.open
    .filter(({ mayLoad }) => mayLoad === 'any-resolvable')
    .map(({ location, what }) => `open: ${location.uri} ${what}`);
  const limited = graph.open.flatMap(({ mayLoad }) => (mayLoad === 'any-resolvable' ? [] : mayLoad));
  const walk = walkWithNode(graph.entries.map(({ uri }) => join(root, uri)));
  const inside = (place: string): boolean =>
    walk.files.some((file) => file.startsWith(`${join(root, place)}/`) && !file.slice(join(root, place).length).includes('/node_modules/'));
  return [
    ...(graph.entries.length === 0 ? ['nothing is started'] : []),
    ...anything,
    ...absent.filter((place) => limited.includes(place)).map((place) => `an open site may load ${place}`),
    ...absent.filter(inside).map((place) => `Node finds ${place}`),
    ...walk.files.filter((file) => file.endsWith('.node')).map((file) => `native: ${file}`),
    ...walk.evaluators
      .filter(({ file, line }) => !graph.relied.some((one) => one.includes(`${insidePackage(file)}:${line} `)))
      .map(({ file, line, text }) => `code from text: ${file}:${line} ${text}`),
  ];
};

const insidePackage = (file: string): string => {
  const rest = file.split('node_modules/').at(-1)?.split('/') ?? [];
  return file.includes('node_modules/') ? rest.slice(rest[0]?.startsWith('@') === true ? 2 : 1).join('/') : rest.join('/');
};
