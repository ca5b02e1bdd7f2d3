/** Packages of a pnpm lockfile: since version 9 in two tables, what is published and how it was put together. */
import type { Region } from '@breakwater/model';
import type { Left, Scope } from '../dependencies/format.ts';
import type { YamlPair } from '../machine-yaml/value.ts';
import { mapOf, YamlMap } from '../machine-yaml/value.ts';
import { elsewhere, publishedOr } from '../npm/named.ts';
import { type Major, parseDepPath, withoutSuffix } from './dep-path.ts';
import type { PnpmDocument } from './document.ts';
import type { Reference } from './importers.ts';
import { referencesIn } from './importers.ts';

export interface PnpmPackage {
  /** With its peers. */
  readonly place: string;
  readonly region: Region;
  readonly name: string;
  readonly version: string | undefined;
  readonly origin: 'registry' | Left['origin'];
  readonly scope: Scope;
  readonly references: readonly Reference[];
  readonly integrity: string | undefined;
  readonly resolved: string | undefined;
  readonly requiresBuild: boolean;
  readonly deprecated: string | undefined;
}

const GIT_HOSTS = /^(?:https?:\/\/)?(?:codeload\.github\.com|github\.com|gitlab\.com|bitbucket\.org)\//;

/** Of what has no version in its key. */
const originOf = (resolution: YamlMap, id: string): Left['origin'] => {
  const type = resolution.text('type');
  if (type === 'git' || resolution.text('repo') !== undefined || resolution.text('gitHosted') === 'true') return 'git';
  if (type === 'directory' || resolution.text('directory') !== undefined) return 'file';
  const address = resolution.text('tarball') ?? id.slice(id.indexOf('@', 1) + 1);
  return GIT_HOSTS.test(address) ? 'git' : elsewhere(address);
};

/** Kept on disk or in git although the key has a version. */
const isElsewhere = (resolution: YamlMap): boolean =>
  ['git', 'directory'].includes(resolution.text('type') ?? '') || resolution.text('tarball')?.startsWith('file:') === true;

const scopeOf = (body: YamlMap, snapshot: YamlMap): Scope => {
  if (body.text('dev') === 'true') return 'excluded';
  return body.text('optional') === 'true' || snapshot.text('optional') === 'true' ? 'optional' : 'required';
};

const EMPTY = new YamlMap([]);

const nameOf = (stated: string | undefined, name: string, id: string): string => stated ?? (name === '' ? id : name);

/** `body`: of the table `packages`; `snapshot`: where its dependencies are, the same before version 9. */
const packageOf = (place: string, region: Region, body: YamlMap, snapshot: YamlMap, major: Major): PnpmPackage => {
  const id = withoutSuffix(place);
  const { name, version } = parseDepPath(place, major);
  const resolution = body.map('resolution');
  const published = version !== undefined && !isElsewhere(resolution);
  return {
    place,
    region,
    name: published ? name : nameOf(body.text('name'), name, id),
    version: published ? version : body.text('version'),
    origin: published ? publishedOr('registry', name, version) : originOf(resolution, id),
    scope: scopeOf(body, snapshot),
    references: [...referencesIn(snapshot.map('dependencies'), 'prod'), ...referencesIn(snapshot.map('optionalDependencies'), 'optional')],
    integrity: resolution.text('integrity')?.split(' ', 1)[0],
    resolved: resolution.text('tarball'),
    requiresBuild: body.text('requiresBuild') === 'true',
    deprecated: body.text('deprecated'),
  };
};

/** Every key of both tables has its package; of a key that is written twice the last counts, as in pnpm. */
export const packagesOf = ({ packages, snapshots, major }: PnpmDocument): readonly PnpmPackage[] => {
  const bodies = new Map<string, YamlPair>(packages.map((pair) => [pair.key, pair]));
  const assembled = new Map<string, PnpmPackage>();
  const used = new Set<string>();
  for (const { key, region, value } of snapshots) {
    const id = bodies.has(key) ? key : withoutSuffix(key);
    const body = bodies.get(id);
    used.add(id);
    assembled.set(key, packageOf(key, body?.region ?? region, mapOf(body?.value ?? EMPTY), mapOf(value), major));
  }
  for (const { key, region, value } of packages) {
    if (!used.has(key)) assembled.set(key, packageOf(key, region, mapOf(value), mapOf(value), major));
  }
  return [...assembled.values()];
};
