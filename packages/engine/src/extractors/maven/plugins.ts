/** What the build itself runs: plugins, their own libraries and extensions that a pom names with a version. */
import type { Entry } from '../dependencies/format.ts';
import { managementKey } from './management.ts';
import type { Model } from './models.ts';
import type { Declaration } from './pom.ts';
import { resolveVersion } from './resolve-version.ts';

const NONE = { kind: 'none' } as const;

const versionsOf = (model: Model): ReadonlyMap<string, string> => {
  const versions = new Map<string, string>();
  for (const { base } of model.layers) {
    for (const declared of base.managedPlugins) {
      const key = managementKey(declared, model);
      if (declared.version !== undefined && !versions.has(key)) versions.set(key, declared.version);
    }
  }
  return versions;
};

const entryOf = (declared: Declaration, model: Model, versions: ReadonlyMap<string, string>): Entry | undefined => {
  const key = managementKey(declared, model);
  const text = declared.version ?? versions.get(key);
  if (text === undefined) return undefined;
  const resolved = resolveVersion(model.interpolate(text), NONE, model);
  const [group = '', artifact = ''] = key.split(':');
  if (!('version' in resolved) || !/^[\w.-]+:[\w.-]+$/.test(`${group}:${artifact}`)) return undefined;
  const { version } = resolved;
  const place = `plugin ${group}:${artifact}@${version}`;
  return { place, name: `${group}:${artifact}`, version, region: declared.region, edges: [], scope: 'excluded', direct: true };
};

/**
 * The pom's own, not those of its parents, which are listed there. One without a version is not: Maven's defaults and parents outside the
 * tree give it, and it never reaches what is shipped.
 */
export const pluginsIn = (model: Model): readonly Entry[] => {
  const [own] = model.layers;
  const versions = versionsOf(model);
  const declared = own === undefined ? [] : [...own.base.plugins, ...own.base.managedPlugins];
  const entries = declared.flatMap((one) => entryOf(one, model, versions) ?? []);
  return [...new Map(entries.map((entry) => [entry.place, entry])).values()];
};
