/** The `catalog` and `catalogs` of .yarnrc.yml: ranges that package.json names as `catalog:` or `catalog:dev`. */
import type { Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from '../machine-yaml/read.ts';
import { mapOf } from '../machine-yaml/value.ts';

export interface Catalogs {
  /** undefined: the wish names no catalogue, or one that does not have the package. */
  range(name: string, wish: string): string | undefined;
}

const PREFIX = 'catalog:';

export const NO_CATALOGS: Catalogs = { range: () => undefined };

/** A broken .yarnrc.yml leaves the wishes as they are: they are said as not resolved then. */
export const readCatalogs = async (near: Near): Promise<Catalogs> => {
  const text = await near.text('.yarnrc.yml');
  if (text === undefined || !text.includes('catalog')) return NO_CATALOGS;
  try {
    const root = mapOf(readYaml(text)[0]);
    const byName = new Map(root.map('catalogs').pairs.map(({ key, value }) => [key, mapOf(value)]));
    const rangesOf = (catalog: string) =>
      byName.get(catalog) ?? (catalog === '' || catalog === 'default' ? root.map('catalog') : undefined);
    return { range: (name, wish) => (wish.startsWith(PREFIX) ? rangesOf(wish.slice(PREFIX.length).trim())?.text(name) : undefined) };
  } catch (error) {
    if (error instanceof ManifestError) return NO_CATALOGS;
    throw error;
  }
};
