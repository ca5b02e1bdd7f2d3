/** What tsconfig.json (jsconfig.json) says of where modules are: `paths`, `baseUrl`, and which sources the output comes from. */
import { posix } from 'node:path';
import type { FileTree } from './file-tree.ts';
import { folderOf, upward } from './world.ts';

export interface TypeScriptPaths {
  /** Relative to the root of the scan. */
  readonly baseUrl?: string;
  /** Pattern with at most one `*` → targets relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly outDir?: string;
  readonly rootDir?: string;
}

export type TypeScriptPathsOf = (folder: string) => Promise<TypeScriptPaths | undefined>;

const NAMES = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json'];

/** For a folder of the application: the nearest configuration upwards that is there. */
export const typeScriptPaths = (tree: FileTree): TypeScriptPathsOf => {
  const known = new Map<string, Promise<TypeScriptPaths | undefined>>();
  const load = (uri: string): Promise<TypeScriptPaths | undefined> => {
    const found = known.get(uri) ?? read(tree, uri, 0);
    known.set(uri, found);
    return found;
  };
  return async (folder) => {
    for (const above of upward(folder)) {
      const here = NAMES.map((name) => (above === '' ? name : `${above}/${name}`)).filter((uri) => tree.has(uri));
      for (const uri of here) {
        const found = await load(uri);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
};

const read = async (tree: FileTree, uri: string, depth: number): Promise<TypeScriptPaths | undefined> => {
  const content = tree.has(uri) ? await tree.read(uri) : undefined;
  const config = content?.ok === true ? parsed(content.text) : undefined;
  if (!isTable(config) || depth > 8) return undefined;
  const folder = folderOf(uri);
  const inherited = (await base(tree, folder, config['extends'], depth)) ?? (await referenced(tree, folder, config, depth));
  const options = isTable(config['compilerOptions']) ? config['compilerOptions'] : {};
  const at = (key: string): string | undefined => (typeof options[key] === 'string' ? posix.join(folder, options[key]) : undefined);
  const baseUrl = at('baseUrl') ?? inherited?.baseUrl;
  const [outDir, rootDir] = [at('outDir') ?? inherited?.outDir, at('rootDir') ?? inherited?.rootDir];
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
    paths: isTable(options['paths']) ? pathsOf(options['paths'], baseUrl ?? folder) : (inherited?.paths ?? {}),
  };
};

/** A configuration that only lists others (`references`) has the paths of those. */
const referenced = async (tree: FileTree, folder: string, config: Readonly<Record<string, unknown>>, depth: number) => {
  const listed = Array.isArray(config['references']) ? config['references'].slice(0, 20) : [];
  for (const each of listed) {
    const path = isTable(each) && typeof each['path'] === 'string' ? posix.join(folder, each['path']) : undefined;
    if (path === undefined) continue;
    const found = await read(tree, path.endsWith('.json') ? path : posix.join(path, 'tsconfig.json'), depth + 1);
    if (found !== undefined && Object.keys(found.paths).length > 0) return found;
  }
  return undefined;
};

const base = async (tree: FileTree, folder: string, extended: unknown, depth: number): Promise<TypeScriptPaths | undefined> => {
  const names = [extended].flat().filter((name) => typeof name === 'string' && name.startsWith('.'));
  let merged: TypeScriptPaths | undefined;
  for (const name of names) {
    const uri = posix.join(folder, String(name));
    const found = await read(tree, tree.has(uri) ? uri : `${uri}.json`, depth + 1);
    if (found !== undefined) merged = { ...merged, ...found };
  }
  return merged;
};

const pathsOf = (value: Readonly<Record<string, unknown>>, from: string): Readonly<Record<string, readonly string[]>> => {
  const found: Record<string, readonly string[]> = Object.create(null);
  for (const [key, targets] of Object.entries(value)) {
    if (Array.isArray(targets)) found[key] = targets.filter((each) => typeof each === 'string').map((each) => posix.join(from, each));
  }
  return found;
};

/** Targets of a specifier (or of its beginning, for a glob), relative to the root. */
export const mapped = (paths: TypeScriptPaths['paths'], specifier: string): readonly string[] => {
  const found: string[] = [];
  for (const [pattern, targets] of Object.entries(paths)) {
    const star = pattern.indexOf('*');
    const [head, tail] = star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star + 1)];
    const fits = star < 0 ? specifier === pattern : specifier.startsWith(head) && specifier.endsWith(tail);
    if (fits) found.push(...targets.map((each) => each.replace('*', specifier.slice(head.length, specifier.length - tail.length))));
  }
  return found;
};

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON with comments and commas too many, as TypeScript reads it. */
const parsed = (text: string): unknown => {
  const plain = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, (part) =>
    part.startsWith('"') ? part : ' ',
  );
  try {
    return JSON.parse(plain.replace(/^\uFEFF/, '').replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? '' : part)));
  } catch {
    return undefined;
  }
};
