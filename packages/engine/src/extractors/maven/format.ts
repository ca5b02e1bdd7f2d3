/** pom.xml → the dependencies that it names, with the versions that the poms of this tree give them. */
import type { Entry, Format, Left, Near, Parsed } from '../dependencies/format.ts';
import type { Outcome } from './inventory.ts';
import { outcomeOf } from './inventory.ts';
import type { Model } from './models.ts';
import { Models } from './models.ts';
import { pluginsIn } from './plugins.ts';
import { parsePom } from './pom.ts';
import type { PomTree } from './pom-tree.ts';
import { pomTree } from './pom-tree.ts';
import { notInTree } from './resolve-version.ts';
import { profileWishesOf, wishesOf } from './wishes.ts';

const models = new WeakMap<PomTree, Models>();

const modelsOf = (tree: PomTree): Models => {
  const known = models.get(tree) ?? new Models(tree);
  models.set(tree, known);
  return known;
};

const entriesOf = (outcomes: readonly Outcome[]): readonly Entry[] => outcomes.flatMap((one) => ('entry' in one ? [one.entry] : []));
const leftOf = (outcomes: readonly Outcome[]): readonly Left[] => outcomes.flatMap((one) => ('left' in one ? [one.left] : []));

/** What a profile adds to what is there anyway. */
const addedTo = (known: readonly Entry[], entries: readonly Entry[]): readonly Entry[] => {
  const said = ({ name, version }: Entry): string => `${name}@${version}`;
  const shipped = new Set(known.filter(({ scope }) => scope !== 'excluded').map(said));
  return entries.filter((entry) => !shipped.has(said(entry)));
};

/** Said once a pom: a scan of its direct dependencies must not look like a scan of all. */
const transitives = (line: number, sources: readonly string[]): Left => {
  const absent = sources.length === 0 ? '' : `; ${notInTree(sources)}, may name more or other versions`;
  return { name: 'transitive dependencies', line, origin: 'unresolved', why: `a pom names direct dependencies only${absent}` };
};

const outsideOf = ({ missing }: Model, outcomes: readonly Outcome[]): readonly string[] => [
  ...new Set([...(missing === undefined ? [] : [missing]), ...outcomes.flatMap((one) => ('entry' in one ? one.doubtful : []))]),
];

/** A parent that is not in the tree may name dependencies where the pom itself names none. */
const mayHaveMore = ({ missing, located }: Model, outcomes: readonly Outcome[]): boolean =>
  outcomes.some((one) => !('local' in one)) || (missing !== undefined && located.pom.packaging !== 'pom');

const read = async (uri: string, text: string, near: Near): Promise<Parsed> => {
  const pom = parsePom(text);
  const tree = await pomTree(uri, near);
  const poms = modelsOf(tree);
  const model = poms.of(tree.at.get(uri) ?? { uri, pom });
  const outcomes = wishesOf(model).map((wish) => outcomeOf(wish, poms));
  const profiled = profileWishesOf(model, poms).map((wish) => outcomeOf(wish, poms));
  const known = entriesOf(outcomes);
  const extra = addedTo(known, entriesOf(profiled));
  const left = [...leftOf(outcomes), ...leftOf(profiled)];
  const all = [...outcomes, ...profiled];
  const line = pom.dependencies[0]?.region.startLine ?? pom.parent?.region.startLine ?? 1;
  return {
    ...(pom.modelVersion === undefined ? {} : { formatVersion: pom.modelVersion }),
    entries: [...known, ...extra, ...pluginsIn(model)],
    roots: [],
    direct: Object.fromEntries([...known, ...extra].map(({ name, version }) => [name, version])),
    left: mayHaveMore(model, all) ? [...left, transitives(line, outsideOf(model, all))] : left,
  };
};

/**
 * The pom and, of this tree only, its parents, imported bills of materials, properties, `.mvn/maven.config` and profiles that are active by
 * default. A dependency of another profile counts as optional where its version is exact. Nothing is fetched, no plugin, environment or
 * system property is asked. Throws ManifestError for what is no pom.
 */
export const mavenPom: Format = {
  kind: 'maven-pom',
  ecosystem: 'Maven',
  versions: 'model 4.0.0, and 4.1.0 as far as it says the same',
  matches: (uri) => /(?:^|\/)pom\.xml$/.test(uri),
  maxBytes: 16 << 20,
  remake:
    'For every dependency with its version: mvn org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom, then breakwater scan target/bom.json',
  read,
};
