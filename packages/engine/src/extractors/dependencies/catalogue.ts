/** All readers by the names of their files; a reader and its parser are loaded only when such a file is there. */
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import type { ManifestKind } from '../facts.ts';
import { isDistributionFile } from '../installed/site-packages-files.ts';
import type { FoundFile, Reading } from '../reading.ts';
import type { Format, Parsed } from './format.ts';
import { isUnpinnedManifest } from './unpinned.ts';

export interface ManifestGroup {
  /** Over the uri; each reader then decides itself. */
  readonly files: RegExp;
  readonly load: () => Promise<readonly Format[]>;
}

export const MANIFESTS: readonly ManifestGroup[] = [
  {
    files: /(^|\/)yarn\.lock$/,
    load: async () => [(await import('../yarn/classic.ts')).yarnClassic, (await import('../yarn/berry.ts')).yarnBerry],
  },
  { files: /(^|\/)pnpm-lock\.yaml$/, load: async () => [(await import('../pnpm/pnpm-lock.ts')).pnpmLock] },
  { files: /(^|\/)bun\.lock$/, load: async () => [(await import('../bun/bun-lock.ts')).bunLock] },
  {
    files: /(^|\/)(Pipfile|poetry|uv|pdm[^/]*)\.lock$|(^|\/)pylock[^/]*\.toml$|(^|\/)[^/]*(requirement|reqs)[^/]*(\/[^/]+)?\.txt$/i,
    load: async () => (await import('../python/formats.ts')).pythonFormats,
  },
  { files: /(^|\/)go\.mod$/, load: async () => [(await import('../go/go-mod.ts')).goMod] },
  { files: /(^|\/)Cargo\.lock$/, load: async () => [(await import('../cargo/cargo-lock.ts')).cargoLock] },
  { files: /(^|\/)pom\.xml$/, load: async () => [(await import('../maven/format.ts')).mavenPom] },
  {
    files: /gradle\.lockfile$|(^|\/)gradle\/dependency-locks\/[^/]+\.lockfile$/,
    load: async () => [(await import('../gradle/lockfile.ts')).gradleLockfile],
  },
  { files: /\.versions\.toml$/, load: async () => [(await import('../gradle/catalogue.ts')).gradleCatalogue] },
  { files: /(^|\/)build\.gradle(\.kts)?$/, load: async () => [(await import('../gradle/build.ts')).gradleBuild] },
  { files: /(^|\/)(composer\.lock|composer\/installed\.json)$/, load: async () => [(await import('../composer/format.ts')).composerLock] },
  { files: /(^|\/)([^/]*gemfile[^/]*\.lock|gems\.locked)$/i, load: async () => [(await import('../ruby/format.ts')).gemfileLock] },
  { files: /(^|\/)packages(\.[^/]+)?\.lock\.json$/i, load: async () => [(await import('../nuget/lock-format.ts')).nugetLock] },
  { files: /\.deps\.json$/i, load: async () => [(await import('../nuget/deps-format.ts')).nugetDeps] },
  { files: /(^|\/)pubspec\.lock$/, load: async () => [(await import('../pub/format.ts')).pubspecLock] },
  { files: /(^|\/)mix\.lock$/, load: async () => [(await import('../hex/format.ts')).mixLock] },
  {
    files: /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)action\.ya?ml$/,
    load: async () => [(await import('../actions/format.ts')).githubWorkflow],
  },
];

export interface InstalledManifest {
  readonly manifest: string;
  readonly kind: ManifestKind;
  readonly parsed: Parsed;
}

export interface InstalledTree {
  /** Cheap: whether a file may belong to such a tree. */
  readonly present: (file: FoundFile) => boolean;
  /** Names that alone are worth a scan. */
  readonly byName?: RegExp;
  readonly ecosystem: Ecosystem;
  readonly remake: string;
  readonly load: () => Promise<(reading: Reading) => Promise<readonly InstalledManifest[]>>;
}

/** By name and size alone: no extension, or one that programs have; the smallest of Go and Rust has more than this. */
export const isPossibleProgram = ({ uri, bytes }: FoundFile): boolean =>
  bytes >= 65_536 && /(^|\/)[^/.]+$|\.(exe|bin|so|dylib|dll|elf|out)$|\/[^/]+-[\d.]+$/i.test(uri);

export const INSTALLED_TREES: readonly InstalledTree[] = [
  {
    present: isDistributionFile,
    byName: /\.dist-info\/METADATA$/,
    ecosystem: 'PyPI',
    remake: 'Scan the requirements file or lockfile that was installed from',
    load: async () => (await import('../installed/site-packages.ts')).readSitePackages,
  },
  {
    present: isPossibleProgram,
    ecosystem: 'Go',
    remake: 'Build in module mode; for Rust with cargo auditable build',
    load: async () => (await import('../installed/read-binaries.ts')).readBinaries,
  },
  {
    present: ({ uri }) => /\.(jar|war|ear|par|hpi|kar|nar)$/i.test(uri),
    byName: /\.(jar|war|ear|par|hpi|kar|nar)$/i,
    ecosystem: 'Maven',
    remake: 'Scan an SBOM that the build made: mvn org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom',
    load: async () => (await import('../installed/jars.ts')).readJars,
  },
];

/** Whether the dependency control has something to read in a file of this name. */
export const isDependencyFile = (uri: string): boolean =>
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|package\.json|bun\.lockb)$/.test(uri) ||
  isUnpinnedManifest(uri) ||
  INSTALLED_TREES.some(({ byName }) => byName?.test(uri) === true) ||
  MANIFESTS.some(({ files }) => files.test(uri));
