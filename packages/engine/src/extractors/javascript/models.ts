/** Open sites of known packages that people have read and found closed: rules/reachability/models.yaml, one entry a site. */
import { readFile } from 'node:fs/promises';
import { satisfies, validRange } from 'semver';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Unknown } from '../../javascript/modules/module-facts.ts';
import { UNKNOWN_KINDS } from '../../javascript/modules/module-facts.ts';

const entry = z.strictObject({
  package: z.string().min(1),
  /** The range that was read; outside of it the site stays open. */
  versions: z.string().refine((range) => validRange(range) !== null, 'a range of versions'),
  /** Relative to the package; one `*` stands for anything but `/`. */
  file: z.string().min(1),
  site: z.enum(UNKNOWN_KINDS),
  /** The site as written, white space as one blank; one `*` stands for anything. A changed site stays open. */
  text: z.string().min(1),
  'closed-because': z.string().min(1),
  /** Names that the site does load. */
  loads: z.array(z.string().min(1)).optional(),
  /** Loads what the views of the application ask for. */
  'loads-view-engines': z.boolean().optional(),
  /** Open when a module outside of the package and of `besides` has a property, key or text of this name. */
  'unless-named': z.array(z.string().min(1)).optional(),
  /** The same, but only own modules and those that load the package are asked. */
  'unless-named-by-users': z.array(z.string().min(1)).optional(),
  /** Packages that may name it; one `*` stands for anything. */
  besides: z.array(z.string().min(1)).optional(),
  /** Open when any other package, or the application, loads this one. */
  'only-for': z.array(z.string().min(1)).optional(),
  /** Open when a template of the application loads modules. */
  'unless-templates-load': z.boolean().optional(),
});
const file = z.strictObject({ models: z.array(entry) });

export interface Model extends Omit<z.infer<typeof entry>, 'file' | 'text'> {
  readonly fits: (path: string, text: string) => boolean;
}

export interface Models {
  /** Names that conditions ask about. */
  readonly watched: ReadonlySet<string>;
  /** The model of a site, when one covers exactly this package, version, file and text. */
  find(name: string, version: string, path: string, site: Unknown): Model | undefined;
}

const RULES = new URL('../../../rules/reachability/models.yaml', import.meta.url);

export const loadModels = async (): Promise<Models> => modelsFrom(await readFile(RULES, 'utf8'));

/** Throws when the text is not of the shape above: a defect of ours. */
export const modelsFrom = (text: string): Models => {
  const { models } = file.parse(parse(text));
  const byPackage = new Map<string, Model[]>();
  for (const { file: path, text: written, ...rest } of models) {
    const fits = (at: string, site: string): boolean => fitsGlob(path, at, false) && fitsGlob(written, site, true);
    byPackage.set(rest.package, [...(byPackage.get(rest.package) ?? []), { ...rest, fits }]);
  }
  const find: Models['find'] = (name, version, path, site) =>
    byPackage
      .get(name)
      ?.find(
        (model) =>
          model.site === site.kind && satisfies(version, model.versions, { includePrerelease: true }) && model.fits(path, site.text),
      );
  return {
    watched: new Set(models.flatMap((model) => [...(model['unless-named'] ?? []), ...(model['unless-named-by-users'] ?? [])])),
    find,
  };
};

/** Each `*` stands for anything, `/` only where `across`. Linear: every literal part is searched once, from the left. */
export const fitsGlob = (glob: string, text: string, across: boolean): boolean => {
  const parts = glob.split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return glob === text;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end || (!across && text.slice(at, found).includes('/'))) return false;
    at = found + part.length;
  }
  return across || !text.slice(at, end).includes('/');
};
