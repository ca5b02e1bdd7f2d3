/** The evidence files that a named path stands for. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { byText } from '../../lib/order.ts';
import type { NamedEvidence } from '../reading.ts';

/** `error` is one clause for the user. */
export type Listed =
  | { readonly ok: true; readonly files: readonly NamedEvidence[]; readonly truncated: boolean }
  | { readonly ok: false; readonly error: string };

const MOST_FILES = 20_000;
const DEEPEST = 4;
const NAMES = /[.](?:json|cpuprofile)$/i;

/** The file itself, or every .json and .cpuprofile of the folder, sorted; never through a link inside of it. */
export const listEvidence = async ({ path, shown }: NamedEvidence): Promise<Listed> => {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return { ok: false, error: 'does not exist' };
  if (found.isFile()) return { ok: true, files: [{ path, shown }], truncated: false };
  if (!found.isDirectory()) return { ok: false, error: 'is neither a file nor a folder' };
  const base = shown.replace(/[/\\]+$/, '');
  const { names, truncated } = await namesIn(path);
  const files = names.map((name) => ({ path: join(path, name), shown: base === '.' ? name : `${base}/${name}` }));
  return files.length === 0 ? { ok: false, error: 'holds no .json and no .cpuprofile' } : { ok: true, files, truncated };
};

const namesIn = async (folder: string): Promise<{ readonly names: readonly string[]; readonly truncated: boolean }> => {
  const names: string[] = [];
  const pending: string[] = [''];
  for (let at = pending.pop(); at !== undefined && names.length < MOST_FILES; at = pending.pop()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
    const inside = (entry: { readonly name: string }) => (at === '' ? entry.name : `${at}/${entry.name}`);
    names.push(...entries.filter((entry) => entry.isFile() && NAMES.test(entry.name)).map(inside));
    if (at.split('/').length < DEEPEST) pending.push(...entries.filter((entry) => entry.isDirectory()).map(inside));
  }
  return { names: names.sort(byText).slice(0, MOST_FILES), truncated: names.length > MOST_FILES || pending.length > 0 };
};

/** Of breakwater.yaml: inside the root, links followed; undefined when it lies outside. */
export const insideRoot = async (root: string, named: string): Promise<NamedEvidence | undefined> => {
  const path = resolve(root, named);
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  if ((await lstat(path).catch(() => undefined)) === undefined) return { path, shown: named }; // absent: said as such later
  const [inside, real] = await Promise.all([realpath(root), realpath(path).catch(() => '')]);
  return real === inside || real.startsWith(inside + sep) ? { path: real, shown: named } : undefined;
};
