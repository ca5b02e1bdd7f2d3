/** packages.lock.json of NuGet. @see https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies */
import type { Region } from '@breakwater/model';
import type { Format, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { JsonCursor } from '../npm/json-cursor.ts';
import type { Node } from './projects.ts';
import { bounded, keysOf, parsedOf, readObject, sriOf } from './projects.ts';

const VERSIONS: readonly number[] = [1, 2, 3];

interface Locked extends Node {
  readonly requested: string | undefined;
}

const readPackage = (cursor: JsonCursor, target: string, name: string, region: Region): Locked => {
  const texts = new Map<string, string | undefined>();
  let requires: readonly string[] = [];
  if (cursor.next !== '{') cursor.skip();
  else {
    cursor.object((key) => {
      if (key === 'dependencies') requires = keysOf(cursor);
      else texts.set(key, cursor.text());
    });
  }
  const type = texts.get('type')?.toLowerCase();
  return {
    target,
    name,
    region,
    version: texts.get('resolved'),
    kind: type === 'project' ? 'project' : 'package',
    direct: type === 'direct',
    requested: texts.get('requested'),
    integrity: sriOf(texts.get('contentHash')),
    requires,
  };
};

const readTargets = (cursor: JsonCursor): readonly Locked[] => {
  const nodes: Locked[] = [];
  cursor.object((target) => {
    if (cursor.next !== '{') return;
    cursor.object((name, at) => {
      nodes.push(readPackage(cursor, target, name, at));
      bounded(nodes, at.startLine);
    });
  });
  return nodes;
};

const read = (_uri: string, text: string): Parsed => {
  let version = Number.NaN;
  let nodes: readonly Locked[] | undefined;
  readObject(text, (cursor) =>
    cursor.object((key) => {
      if (key === 'version') version = cursor.number();
      else if (key === 'dependencies' && cursor.next === '{') nodes = readTargets(cursor);
    }),
  );
  if (!VERSIONS.includes(version)) throw new ManifestError(`expected version 1, 2 or 3, found ${Number.isNaN(version) ? 'none' : version}`);
  if (nodes === undefined) throw new ManifestError('expected dependencies');
  const asked = nodes.filter(({ direct }) => direct).map(({ name, requested }): [string, string] => [name, requested ?? '']);
  return parsedOf(nodes, Object.fromEntries(asked), String(version));
};

/**
 * Every target framework and runtime; one version in several is one entry. Projects of the own solution are roots. The file does not say
 * what is for development only (`PrivateAssets`), so that everything is required. Throws ManifestError.
 */
export const nugetLock: Format = {
  kind: 'nuget-lock',
  ecosystem: 'NuGet',
  versions: 'packages.lock.json version 1–3',
  matches: (uri) => /(?:^|\/)packages(?:\.[^/]+)?\.lock\.json$/i.test(uri),
  maxBytes: 32 << 20,
  remake: 'dotnet restore --force-evaluate',
  read,
};
