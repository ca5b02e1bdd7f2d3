/** What pubspec.yaml, and those of the members of its workspace, ask for. @see https://dart.dev/tools/pub/workspaces */
import type { Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from '../machine-yaml/read.ts';
import type { YamlValue } from '../machine-yaml/value.ts';
import { mapOf, textOf, YamlMap } from '../machine-yaml/value.ts';

export interface Wish {
  readonly range: string;
  /** No project asks for it but for development. */
  readonly development: boolean;
}

const SECTIONS: readonly string[] = ['dependencies', 'dependency_overrides', 'dev_dependencies'];
const MEMBERS = 1_000;

const EMPTY = new YamlMap([]);

/** Nothing where there is none or it cannot be read: the lockfile alone says every version. */
const pubspecIn = async (near: Near, folder: string): Promise<YamlMap> => {
  const text = await near.text(folder === '' ? 'pubspec.yaml' : `${folder}/pubspec.yaml`);
  if (text === undefined) return EMPTY;
  try {
    return mapOf(readYaml(text)[0]);
  } catch (error) {
    if (error instanceof ManifestError) return EMPTY;
    throw error;
  }
};

/** `packages/*` stands for every project right below. */
const membersOf = (pubspec: YamlMap, near: Near): readonly string[] => {
  const listed = pubspec.get('workspace');
  const items = (Array.isArray(listed) ? listed : []).flatMap((item: YamlValue) => textOf(item) ?? []);
  return items.flatMap((item) => {
    const folder = item.replace(/^\.\//, '').replace(/\/$/, '');
    if (!folder.endsWith('/*')) return [folder];
    const above = folder.slice(0, -1);
    return near.foldersWith('pubspec.yaml').filter((found) => found.startsWith(above) && !found.slice(above.length).includes('/'));
  });
};

const rangeOf = (value: YamlValue): string => textOf(value) ?? mapOf(value).text('version') ?? 'any';

const addTo = (wishes: Map<string, Wish>, pubspec: YamlMap): void => {
  for (const section of SECTIONS) {
    for (const { key, value } of pubspec.map(section).pairs) {
      const known = wishes.get(key);
      const development = section === 'dev_dependencies' && known?.development !== false;
      wishes.set(key, { range: known?.range ?? rangeOf(value), development });
    }
  }
};

/** Name → wish. Never throws. */
export const wishesOf = async (near: Near): Promise<ReadonlyMap<string, Wish>> => {
  const wishes = new Map<string, Wish>();
  const root = await pubspecIn(near, '');
  addTo(wishes, root);
  for (const folder of [...new Set(membersOf(root, near))].slice(0, MEMBERS)) addTo(wishes, await pubspecIn(near, folder));
  return wishes;
};
