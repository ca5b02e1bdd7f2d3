/** *.deps.json beside a published .NET application: what it loads. @see https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md */
import type { Region } from '@breakwater/model';
import type { Format, Parsed } from '../dependencies/format.ts';
import type { JsonCursor } from '../npm/json-cursor.ts';
import type { Node } from './projects.ts';
import { bounded, keysOf, parsedOf, readObject, sriOf } from './projects.ts';

interface Library {
  readonly region: Region;
  readonly type: string | undefined;
  readonly sha512: string | undefined;
}

/** target → `name/version` → names it requires. */
type Targets = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const readLibraries = (cursor: JsonCursor): ReadonlyMap<string, Library> => {
  const libraries = new Map<string, Library>();
  cursor.object((key, region) => {
    const texts = new Map<string, string | undefined>();
    if (cursor.next !== '{') cursor.skip();
    else cursor.object((member) => void texts.set(member, cursor.text()));
    libraries.set(key, { region, type: texts.get('type'), sha512: texts.get('sha512') });
  });
  return libraries;
};

const requiresOf = (cursor: JsonCursor): readonly string[] => {
  let requires: readonly string[] = [];
  if (cursor.next !== '{') cursor.skip();
  else {
    cursor.object((key) => {
      if (key === 'dependencies') requires = keysOf(cursor);
    });
  }
  return requires;
};

const readTargets = (cursor: JsonCursor): Targets => {
  const targets = new Map<string, ReadonlyMap<string, readonly string[]>>();
  cursor.object((target) => {
    if (cursor.next !== '{') return;
    const libraries = new Map<string, readonly string[]>();
    cursor.object((key) => void libraries.set(key, requiresOf(cursor)));
    targets.set(target, libraries);
  });
  return targets;
};

/** The runtime itself, in a self-contained application: published under the name behind this. */
const RUNTIME = 'runtimepack.';

const kindOf = (type: string | undefined): Node['kind'] => {
  if (type === 'project' || type === 'msbuildproject') return 'project';
  return type === 'package' || type === 'runtimepack' || type === undefined ? 'package' : 'file';
};

const nodeOf = (target: string, key: string, library: Library, requires: readonly string[]): Node => {
  const cut = key.lastIndexOf('/');
  const name = cut < 0 ? key : key.slice(0, cut);
  return {
    target,
    name: library.type === 'runtimepack' && name.startsWith(RUNTIME) ? name.slice(RUNTIME.length) : name,
    version: cut < 0 ? undefined : key.slice(cut + 1),
    region: library.region,
    kind: kindOf(library.type),
    direct: false,
    integrity: sriOf(library.sha512?.replace(/^sha512-/, '')),
    requires: requires.map((name) => (name.startsWith(RUNTIME) ? name.slice(RUNTIME.length) : name)),
  };
};

const nodesOf = (libraries: ReadonlyMap<string, Library>, targets: Targets): readonly Node[] => {
  const nodes: Node[] = [];
  const placed = new Set<string>();
  for (const [target, members] of targets) {
    for (const [key, requires] of members) {
      const library = libraries.get(key) ?? { region: { startLine: 1 }, type: undefined, sha512: undefined };
      placed.add(key);
      nodes.push(nodeOf(target, key, library, requires));
      bounded(nodes, library.region.startLine);
    }
  }
  for (const [key, library] of libraries) if (!placed.has(key)) nodes.push(nodeOf('', key, library, []));
  return nodes;
};

const read = (_uri: string, text: string): Parsed | undefined => {
  let libraries: ReadonlyMap<string, Library> | undefined;
  let targets: Targets = new Map();
  readObject(text, (cursor) =>
    cursor.object((key) => {
      if (key === 'libraries' && cursor.next === '{') libraries = readLibraries(cursor);
      else if (key === 'targets' && cursor.next === '{') targets = readTargets(cursor);
    }),
  );
  return libraries === undefined ? undefined : parsedOf(nodesOf(libraries, targets), {});
};

/**
 * Projects are roots; the runtime of a self-contained application is a package of its own name (`Microsoft.NETCore.App.Runtime.linux-x64`).
 * Assemblies that no package brings (`reference`) are Left. A file without `libraries` is of another tool. Throws ManifestError.
 */
export const nugetDeps: Format = {
  kind: 'nuget-deps',
  ecosystem: 'NuGet',
  versions: '*.deps.json of .NET Core 1.0 – .NET 10',
  matches: (uri) => /\.deps\.json$/i.test(uri),
  maxBytes: 32 << 20,
  remake: 'dotnet publish',
  read,
};
