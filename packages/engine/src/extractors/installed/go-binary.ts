/** The modules that a program of Go says it was built from. @see https://pkg.go.dev/runtime/debug#BuildInfo */
import type { Entry, Format, Left, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { goReleaseOf, isModuleVersion } from '../go/version.ts';
import type { Image } from './executable/image.ts';
import { buildInfoOf } from './go-build-info.ts';

/** For messages; a binary is found by its bytes, not by its name. */
export const GO_BINARY: Pick<Format, 'kind' | 'ecosystem' | 'versions' | 'remake'> = {
  kind: 'go-binary',
  ecosystem: 'Go',
  versions: 'programs of go 1.13 and later, ELF, PE and Mach-O',
  remake: 'go build',
};

const HERE = { startLine: 1 };

interface Line {
  readonly path: string;
  readonly version: string;
  readonly sum: string;
}

interface Module extends Line {
  readonly main: boolean;
  readonly replacement?: Line;
}

interface Modules {
  /** The package of the main program: `cmd/go`. */
  readonly path: string;
  readonly modules: readonly Module[];
}

const parseModules = (text: string): Modules => {
  const modules: Module[] = [];
  let main = '';
  for (const line of text.split('\n')) {
    const [kind = '', path = '', version = '', sum = ''] = line.split('\t');
    const last = modules.at(-1);
    if (kind === 'path') main = path;
    else if (kind === 'mod' || kind === 'dep') modules.push({ main: kind === 'mod', path, version, sum });
    else if (kind === '=>' && last !== undefined) modules[modules.length - 1] = { ...last, replacement: { path, version, sum } };
  }
  return { path: main, modules };
};

const entryOf = (name: string, version: string, sum = ''): Entry => ({
  place: `${name}@${version}`,
  name,
  version,
  region: HERE,
  edges: [],
  scope: 'required',
  ...(sum === '' ? {} : { integrity: sum }),
});

/** The main module without a version is the project itself. Another without one came from a folder (`replace`, or a workspace). */
const moduleOf = ({ main, path, version, sum, replacement }: Module): Entry | Left | undefined => {
  const used = replacement ?? { path, version, sum };
  if (isModuleVersion(used.version)) return entryOf(used.path, used.version, used.sum);
  if (main && replacement === undefined && (used.version === '' || used.version === '(devel)')) return undefined;
  if (used.version === '' || used.version === '(devel)') return { name: path, line: 1, origin: 'file' };
  return { name: path, line: 1, origin: 'unresolved', why: `${used.version} is no version of a module` };
};

/** Advisories name the standard library `stdlib` and the programs of Go's own distribution `toolchain`. */
const releaseOf = (version: string, { path }: Modules): readonly (Entry | Left)[] => {
  const release = goReleaseOf(version);
  if (release === undefined) return [{ name: 'stdlib', line: 1, origin: 'unresolved', why: `built by an unreleased Go: ${version}` }];
  const names = path.startsWith('cmd/') ? ['stdlib', 'toolchain'] : ['stdlib'];
  return names.map((name) => entryOf(name, release.version));
};

const isEntry = (item: Entry | Left): item is Entry => 'place' in item;

export const parsedOfBuildInfo = (version: string, text: string): Parsed => {
  const modules = parseModules(text);
  const unknown: readonly Left[] =
    text === ''
      ? [{ name: 'modules', line: 1, origin: 'unresolved', why: 'the program was not built from modules and does not name them' }]
      : [];
  const items = [...releaseOf(version, modules), ...modules.modules.flatMap((module) => moduleOf(module) ?? []), ...unknown];
  return {
    formatVersion: version,
    entries: items.filter(isEntry),
    roots: [],
    direct: {},
    left: items.filter((item): item is Left => !isEntry(item)),
  };
};

/** `undefined`: no program of Go. No graph and no direct dependencies: the linker does not write them. Throws ManifestError for a broken block. */
export const readGoBinary = async (image: Image): Promise<Parsed | undefined> => {
  const info = await buildInfoOf(image);
  if (info === 'broken') throw new ManifestError("expected Go's build information, found a block that makes no sense");
  return info && parsedOfBuildInfo(info.version, info.modules);
};
