/** The modules that a build of one go.mod compiles, as far as its files say without a network. */
import type { Region } from '@breakwater/model';
import type { Entry, Left, Parsed } from '../dependencies/format.ts';
import type { ModFile, Require } from './mod-file.ts';
import type { Module, Used } from './replace.ts';
import { replacer } from './replace.ts';
import type { SumFile } from './sum.ts';
import type { VendorList } from './vendored.ts';
import { compareModuleVersions, goReleaseOf, isModuleVersion, listsAllModules } from './version.ts';

export interface ModuleFiles {
  readonly mod: ModFile;
  readonly sum: SumFile | undefined;
  readonly vendor: VendorList | undefined;
}

const keyOf = ({ path, version }: Module): string => `${path}@${version}`;

/** A path required twice is selected once, at its highest version (minimal version selection). */
const selected = (requires: readonly Require[]): ReadonlyMap<string, Require> => {
  const byPath = new Map<string, Require>();
  for (const require of requires) {
    const known = byPath.get(require.path);
    if (known === undefined || compareModuleVersions(require.version, known.version) > 0) byPath.set(require.path, require);
  }
  return byPath;
};

/** The module with the longest path that the package lies in. */
const moduleOfPackage = (name: string, paths: ReadonlyMap<string, unknown>): string | undefined => {
  for (let path = name; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) if (paths.has(path)) return path;
  return undefined;
};

/** Collects entries and what is left, each module that is compiled once. */
class Collector {
  readonly entries = new Map<string, Entry>();
  readonly left: Left[] = [];
  readonly requires: ReadonlyMap<string, Require>;
  readonly #sum: SumFile | undefined;
  readonly #mod: ModFile;
  readonly #tools: ReadonlySet<string>;

  constructor({ mod, sum }: ModuleFiles) {
    this.requires = selected(mod.requires);
    this.#sum = sum;
    this.#mod = mod;
    this.#tools = new Set(mod.tools.flatMap((tool) => moduleOfPackage(tool, this.requires) ?? []));
  }

  /** `region` of the require line, or of the module directive for what only go.sum or vendor/modules.txt names. */
  add(module: Module, used: Used, scope: Entry['scope'] = 'required'): void {
    const require = this.requires.get(module.path);
    const region = require?.region ?? this.#mod.module.region;
    if ('folder' in used) {
      this.left.push({ name: module.path, line: region.startLine, origin: 'file' });
      return;
    }
    const place = keyOf(used);
    if (!isModuleVersion(used.version)) {
      this.unresolved(module.path, region, `${used.version} is not a version that go has settled: run go mod tidy`);
    } else if (!this.entries.has(place)) {
      const digest = this.#sum?.digests.get(place);
      const direct = (require !== undefined && !require.indirect) || this.#tools.has(module.path);
      const integrity = digest === undefined ? {} : { integrity: digest };
      this.entries.set(place, { place, name: used.path, version: used.version, region, edges: [], scope, direct, ...integrity });
    }
  }

  unresolved(name: string, region: Region, why: string): void {
    this.left.push({ name, line: region.startLine, origin: 'unresolved', why });
  }
}

const addRequired = (collector: Collector, { excludes, replaces }: ModFile): void => {
  const used = replacer(replaces);
  for (const require of collector.requires.values()) {
    if (excludes.has(keyOf(require))) collector.unresolved(require.path, require.region, `${require.version} is excluded by the same file`);
    else collector.add(require, used(require));
  }
};

/**
 * Before go 1.17 a go.mod names only what it cannot learn from its dependencies. go.sum names the rest, and versions that were passed
 * over as well: of each module the highest whose code was fetched is taken, which is what minimal version selection gives unless go.sum
 * still holds lines that `go mod tidy` would drop.
 */
const addFromSum = (collector: Collector, { mod, sum }: ModuleFiles): void => {
  const goLine = mod.go?.region ?? mod.module.region;
  if (sum === undefined) {
    if (mod.requires.length > 0) collector.unresolved('go.sum', goLine, 'go.mod before go 1.17 does not name what its modules need');
    return;
  }
  if (sum.unread > 0) collector.unresolved('go.sum', goLine, `${sum.unread} lines of go.sum are no checksums`);
  const used = replacer(mod.replaces);
  for (const [path, version] of sum.highest) {
    if (collector.requires.has(path) || path === mod.module.text) continue;
    collector.add({ path, version }, used({ path, version }));
  }
};

/**
 * What vendor/modules.txt lists is what go compiles; a module without a package there is needed only to settle versions, and is listed
 * as not shipped. A requirement that it does not know at that version is added: go refuses such a build, and neither side is known to be right.
 */
const addVendored = (collector: Collector, { mod, vendor, sum }: ModuleFiles): void => {
  const listed = new Set<string>();
  for (const { module, used, compiled } of vendor?.modules ?? []) {
    listed.add(keyOf(module));
    collector.add(module, used, compiled ? 'required' : 'excluded');
  }
  if (vendor !== undefined && vendor.unread > 0)
    collector.unresolved('vendor/modules.txt', mod.module.region, `${vendor.unread} lines of vendor/modules.txt are not understood`);
  const rest = mod.requires.filter((require) => !listed.has(keyOf(require)));
  const used = replacer(mod.replaces);
  for (const require of rest) collector.add(require, used(require));
  if (rest.length > 0 && sum !== undefined && !listsAllModules(mod.go?.text)) addFromSum(collector, { mod, sum, vendor });
};

/** The release that builds the project, by `toolchain`. A go directive, even with a patch number, is the least that is accepted: no entry. */
const standardLibrary = ({ toolchain }: ModFile): Entry | undefined => {
  const release = toolchain === undefined ? undefined : goReleaseOf(toolchain.text);
  if (toolchain === undefined || release === undefined || !release.exact) return undefined;
  const { version } = release;
  return { place: `stdlib@${version}`, name: 'stdlib', version, region: toolchain.region, edges: [], scope: 'required', direct: true };
};

/** No edges: go.mod has no graph. Entries in the order of the files; `direct` = required without `// indirect`, or home of a tool. */
export const inventoryOf = (files: ModuleFiles): Parsed => {
  const { mod, vendor } = files;
  const collector = new Collector(files);
  if (vendor !== undefined) addVendored(collector, files);
  else {
    addRequired(collector, mod);
    if (!listsAllModules(mod.go?.text)) addFromSum(collector, files);
  }
  const standard = standardLibrary(mod);
  const direct = [...collector.requires.values()].filter((require) => !require.indirect);
  return {
    ...(mod.go === undefined ? {} : { formatVersion: mod.go.text }),
    entries: [...(standard === undefined ? [] : [standard]), ...collector.entries.values()],
    roots: [],
    direct: Object.fromEntries(direct.map(({ path, version }) => [path, version])),
    left: collector.left,
  };
};
