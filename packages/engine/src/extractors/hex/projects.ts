/** Every mix.exs whose dependencies one mix.lock holds: its own, those of an umbrella's applications, those of packages by path. */
import type { Near } from '../dependencies/format.ts';
import type { Asked } from './mix-exs.ts';
import { appsFolderIn, askedIn } from './mix-exs.ts';

const PROJECTS = 500;

/** `apps/web` + `../core` → `apps/core`; stays as it is where it leads out of the tree. */
const joined = (folder: string, path: string): string => {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

const manifestIn = (folder: string): string => (folder === '' ? 'mix.exs' : `${folder}/mix.exs`);

const applications = (text: string, folder: string, near: Near): readonly string[] => {
  const apps = appsFolderIn(text);
  if (apps === undefined || folder !== '') return [];
  const inside = joined('', apps);
  return near.foldersWith('mix.exs').filter((found) => found.startsWith(`${inside}/`) && !found.slice(inside.length + 1).includes('/'));
};

/** All that is asked for by name; `undefined` when there is no mix.exs. A name is for development only if every project says so. */
export const askedBy = async (near: Near): Promise<ReadonlyMap<string, Asked> | undefined> => {
  const asked = new Map<string, Asked>();
  const queue = [''];
  const seen = new Set(queue);
  let projects = 0;
  for (const folder of queue) {
    const text = await near.text(manifestIn(folder));
    if (text === undefined) continue;
    projects += 1;
    const own = [...askedIn(text).values()];
    for (const one of own) asked.set(one.app, weaker(asked.get(one.app), one));
    const paths = own.flatMap(({ path }) => (path === undefined || path.startsWith('/') ? [] : [joined(folder, path)]));
    for (const next of [...applications(text, folder, near), ...paths]) {
      if (seen.has(next) || seen.size >= PROJECTS) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return projects === 0 ? undefined : asked;
};

const weaker = (known: Asked | undefined, found: Asked): Asked =>
  known === undefined ? found : { ...known, development: known.development && found.development };
