/** yarn.lock of Yarn 2 and later: what each wish was resolved to; what is for development only package.json says. */
import type { Format, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from '../machine-yaml/read.ts';
import type { YamlPair } from '../machine-yaml/value.ts';
import { mapOf, textOf, YamlMap } from '../machine-yaml/value.ts';
import { publishedOr, splitNamed } from '../npm/named.ts';
import { assemble } from './assemble.ts';
import type { Block, Wish } from './block.ts';
import { readCatalogs } from './catalogs.ts';
import { isBerry, isYarnLock, MAX_BYTES } from './file.ts';
import { locate } from './locator.ts';
import { readProjects } from './projects.ts';

const METADATA = '__metadata';
const NEWEST = 10;

/** `meta`: dependenciesMeta or peerDependenciesMeta, which say what may be missing. */
const wishesIn = (list: YamlMap, meta: YamlMap): readonly Wish[] => {
  const optional = new Set(meta.pairs.filter(({ value }) => mapOf(value).text('optional') === 'true').map(({ key }) => key));
  return list.pairs.map(({ key, value }) => ({ name: key, wish: textOf(value) ?? '', kind: optional.has(key) ? 'optional' : 'prod' }));
};

const unreadable = ({ key, region }: YamlPair): Block => {
  const patterns = key.split(', ');
  const { name } = splitNamed(patterns[0] ?? key);
  return { place: key, patterns, region, name, version: undefined, origin: 'unreadable', wishes: [], peers: [] };
};

/** A checksum is of Yarn's own archive, not of the registry's tarball, and so is no integrity. */
const blockOf = (pair: YamlPair): Block => {
  const body = mapOf(pair.value);
  const resolution = body.text('resolution');
  const version = body.text('version');
  if (resolution === undefined || version === undefined) return unreadable(pair);
  const { name, origin, folder, patches, archive } = locate(resolution);
  return {
    place: resolution,
    patterns: pair.key.split(', '),
    region: pair.region,
    name,
    version,
    origin: publishedOr(origin, name, version),
    ...(folder === undefined ? {} : { folder }),
    wishes: wishesIn(body.map('dependencies'), body.map('dependenciesMeta')),
    peers: wishesIn(body.map('peerDependencies'), body.map('peerDependenciesMeta')),
    resolved: archive,
    patches,
  };
};

const versionOf = (root: YamlMap): string => {
  const pair = root.pairs.find(({ key }) => key === METADATA);
  const version = mapOf(pair?.value).text('version');
  if (version === undefined || !/^\d{1,3}$/.test(version) || Number(version) > NEWEST)
    throw new ManifestError(
      `expected ${METADATA} of version 4 to ${NEWEST}, found ${version?.slice(0, 12) ?? 'none'}`,
      pair?.region.startLine ?? 1,
    );
  return version;
};

/** A lost key merges two blocks into one, and one package would vanish: a merge conflict solved by hand. Yarn refuses it as well. */
const refuseMerged = (root: YamlMap): void => {
  for (const { key: name, value, region } of root.pairs) {
    // the heading of the first entry was lost: it hides among what describes the file
    if (name === METADATA && mapOf(value).text('resolution') !== undefined)
      throw new ManifestError(`expected no resolution in ${METADATA}`, region.startLine);
    for (const key of ['version', 'resolution']) {
      const written = mapOf(value).pairs.filter((pair) => pair.key === key);
      if (written.length > 1) throw new ManifestError(`expected one ${key} in an entry`, written[1]?.region.startLine ?? region.startLine);
    }
  }
};

export const yarnBerry: Format = {
  kind: 'yarn-berry',
  ecosystem: 'npm',
  versions: `yarn.lock with __metadata version 4 to ${NEWEST} (Yarn 2 to 5)`,
  matches: isYarnLock,
  maxBytes: MAX_BYTES,
  remake: 'yarn install',
  async read(_uri, text, near): Promise<Parsed | undefined> {
    if (!isBerry(text)) return undefined;
    const [root] = readYaml(text);
    if (!(root instanceof YamlMap)) throw new ManifestError('expected a map of packages');
    refuseMerged(root);
    const version = versionOf(root);
    const blocks = root.pairs.filter(({ key }) => key !== METADATA).map(blockOf);
    const folders = [...new Set(['', ...blocks.flatMap(({ folder }) => folder ?? [])])];
    return assemble(blocks, await readProjects(near, folders), version, await readCatalogs(near));
  },
};
