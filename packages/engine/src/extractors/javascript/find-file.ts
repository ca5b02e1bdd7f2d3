/** From a path without certainty (no extension, a folder) to the files that Node or a compiler would take for it. */
import { posix } from 'node:path';
import type { FileTree } from './file-tree.ts';
import type { Manifest } from './manifest.ts';

/** `manifestOf` gives the package.json of a folder of the same tree. */
export interface Place {
  readonly tree: FileTree;
  /** The application's own code: TypeScript and bundlers allow more. */
  readonly own: boolean;
  manifestOf(folder: string): Promise<Manifest | undefined>;
}

const NODE = ['.js', '.json', '.node'];
const COMPILED = ['.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.vue', '.svelte'];
/** What TypeScript lets one write → what the file is called. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Empty = there is none. `path` is relative to the tree and may be empty (its root). */
export const findFiles = async (place: Place, path: string, depth = 0): Promise<readonly string[]> => {
  const clean = normal(path);
  if (clean === undefined || depth > 8) return [];
  if (!path.endsWith('/') && clean !== '') {
    if (place.tree.has(clean)) return [clean];
    const found = byExtension(place, clean);
    if (found.length > 0) return found;
  }
  return inFolder(place, clean, depth);
};

const SOURCES = ['src/index', 'index', 'src/main', 'source/index', 'src/lib/index'];

/** The source that a package of the application is built from, when what its package.json names is an output that is not there. */
export const sourceEntry = async (place: Place, folder: string): Promise<readonly string[]> => {
  for (const path of SOURCES) {
    const found = await findFiles(place, folder === '' ? path : `${folder}/${path}`);
    if (found.length > 0) return found;
  }
  return [];
};

/** Without `..` and `.`; undefined when it leaves the tree. */
export const normal = (path: string): string | undefined => {
  const clean = posix.normalize(`./${path}`).replace(/\/$/, '');
  return clean === '..' || clean.startsWith('../') ? undefined : clean === '.' ? '' : clean;
};

/** In a package Node's order decides; own code may be resolved by a compiler or bundler, so all that are there count. */
const byExtension = ({ tree, own }: Place, path: string): readonly string[] => {
  const extension = posix.extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const written = (WRITTEN[extension] ?? []).map((each) => stem + each).filter((each) => tree.has(each));
  const node = NODE.map((each) => path + each).find((each) => tree.has(each));
  if (!own && node !== undefined) return [node];
  const compiled = COMPILED.map((each) => path + each).filter((each) => tree.has(each));
  return [...written, ...(node === undefined ? [] : [node]), ...compiled];
};

const inFolder = async (place: Place, folder: string, depth: number): Promise<readonly string[]> => {
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  if (place.tree.has(inside('package.json'))) {
    const manifest = await place.manifestOf(folder);
    const mains = [manifest?.main, place.own ? manifest?.module : undefined].filter(
      (main) => main !== undefined && main !== '' && main !== '.',
    );
    const found: string[] = [];
    for (const main of mains) found.push(...(await findFiles(place, inside(main ?? ''), depth + 1)));
    if (found.length > 0) return found;
  }
  return byExtension(place, inside('index'));
};
