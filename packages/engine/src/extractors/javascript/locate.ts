/** From a file as a command line or a configuration writes it to the sources in the tree: build outputs and images have other folders. */
import { posix } from 'node:path';
import { findFiles } from './find-file.ts';
import { fitsPath, isGlob } from './glob.ts';
import type { Own } from './resolve.ts';

export const OUTPUT = /^(?:\.\/)?(?:dist|build|lib|out|output|compiled|\.build|\.?output)\//;
const TEST_FILE = /(?:^|\/)(?:__tests__|__mocks__|node_modules)\/|\.(?:test|spec|d)\.[cm]?[jt]sx?$/;
const MOST = 5_000;

/** As written; as the source of a build output; or by ever shorter ends of an absolute path. Empty = it is not in the tree. */
export const locate = async (own: Own, folder: string, path: string): Promise<readonly string[]> => {
  if (isGlob(path)) return globbed(own, folder, path);
  const clean = path.replace(/^\/+/, '');
  const parts = clean.split('/');
  const ends = path.startsWith('/') ? parts.map((_, at) => parts.slice(at).join('/')) : [clean];
  for (const end of ends) {
    for (const candidate of await candidates(own, folder, end)) {
      const files = await findFiles(own, candidate);
      if (files.length > 0) return files;
    }
  }
  return [];
};

const candidates = async (own: Own, folder: string, end: string): Promise<readonly string[]> => {
  const direct = posix.join(folder, end);
  const config = await own.typeScript(folder);
  const bare = end.replace(OUTPUT, '');
  const { outDir, rootDir } = config ?? {};
  const inside = outDir !== undefined && direct.startsWith(`${outDir}/`) ? direct.slice(outDir.length + 1) : undefined;
  const bases = rootDir === undefined ? [posix.join(folder, 'src'), folder] : [rootDir, posix.join(folder, 'src'), folder];
  return [
    direct,
    ...(inside === undefined ? [] : bases.map((base) => posix.join(base, inside))),
    ...(bare === end ? [] : [posix.join(folder, 'src', bare), ...nested(folder, bare)]),
    posix.join(folder, 'src', end), // an image holds the output without its folder
    ...(bare === end ? [] : [posix.join(folder, bare), posix.join(folder, 'src', bare.replace(/\.[cm]?js$/, ''))]),
  ];
};

/** `dist/apps/api/main.js` is built from `apps/api/src/main.ts`. */
const nested = (folder: string, bare: string): readonly string[] => {
  const parts = bare.split('/');
  const file = parts.pop() ?? '';
  return parts.length === 0 ? [] : [posix.join(folder, ...parts, 'src', file)];
};

const globbed = (own: Own, folder: string, path: string): readonly string[] => {
  const fitting = (pattern: string): readonly string[] => {
    const whole = posix.join(folder, pattern.replace(/^\/+/, ''));
    const start = whole.slice(0, Math.max(0, whole.search(/[*{]/)));
    return own.tree.beginning(start).filter((uri) => !TEST_FILE.test(uri) && fitsPath(whole, uri));
  };
  const source = path.replace(OUTPUT, 'src/').replace(/\.([cm]?)js$/, '.{$1js,$1ts,$1tsx}');
  const found = fitting(path);
  return (found.length > 0 ? found : fitting(source)).slice(0, MOST);
};
