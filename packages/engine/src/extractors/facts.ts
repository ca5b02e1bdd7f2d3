/** The facts that extractors read from a target: types only, the one file that controls and enrichers share with extractors. */
import type { Application, Exposure, Location, Purl, Region, StatedVex, Timestamp } from '@breakwater/model';
import type { Ecosystem } from '../ecosystems/ecosystem.ts';

/** A text file of the target, read one at a time so that memory does not grow with the tree. */
export interface SourceText {
  /** Relative to the root, `/` as separator. */
  readonly uri: string;
  readonly text: string;
}

/** One installed or locked package at one place of the tree. */
export interface Package {
  readonly ecosystem: Ecosystem;
  /** In the spelling of the ecosystem's advisories: `@scope/name`, `org.slf4j:slf4j-api`, `golang.org/x/net`; PyPI names normalised. */
  readonly name: string;
  readonly version: string;
  readonly purl: Purl;
  /** Key in the manifest: `node_modules/a/node_modules/b` in npm's lockfiles. Unique within a manifest. */
  readonly place: string;
  readonly scope: 'required' | 'optional' | 'excluded';
  readonly direct: boolean;
  /** Shortest way in: names from a direct dependency to this one, itself last. */
  readonly path: readonly string[];
  /** The entry in the lockfile. */
  readonly region: Region;
  /** Subresource integrity, `sha512-…`, or `sha256:hex`; absent for links, git and file dependencies. */
  readonly integrity?: string;
  /** The tarball's address as the lockfile says; often absent. */
  readonly resolved?: string;
  readonly hasInstallScript: boolean;
  /** SPDX expression, or the words its publisher gave; absent = the manifest does not say. */
  readonly license?: string;
  /** Why its publisher withdrew support, where the manifest says so. */
  readonly deprecated?: string;
  /** Where each dependency was resolved to: name → place. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Further names that it asks for, which lead to what is no package of a registry (git, an address, a tarball on disk). */
  readonly elsewhere?: readonly string[];
}

/** Kinds of file, or of installed tree, that say which packages there are. */
export const MANIFEST_KINDS = [
  'package-lock',
  'yarn-classic',
  'yarn-berry',
  'pnpm-lock',
  'bun-lock',
  'node_modules',
  'requirements',
  'pipfile-lock',
  'poetry-lock',
  'uv-lock',
  'pdm-lock',
  'pylock',
  'site-packages',
  'go-mod',
  'go-binary',
  'cargo-lock',
  'rust-binary',
  'maven-pom',
  'gradle-lockfile',
  'gradle-catalogue',
  'gradle-build',
  'jar',
  'composer-lock',
  'gemfile-lock',
  'nuget-lock',
  'nuget-deps',
  'pubspec-lock',
  'mix-lock',
  'github-workflow',
  'sbom',
] as const;
export type ManifestKind = (typeof MANIFEST_KINDS)[number];

/** One lockfile, manifest or installed tree with everything in it. */
export interface DependencyGraph {
  /** Relative to the root. */
  readonly manifest: string;
  readonly kind: ManifestKind;
  /** Of the format, as the file states it. */
  readonly formatVersion?: string;
  /** Declared by the project: name → range. */
  readonly direct: Readonly<Record<string, string>>;
  /** The same as the manifest beside the lockfile says it today; absent when it cannot be read, or when `direct` is read from it. */
  readonly declared?: Readonly<Record<string, string>>;
  readonly packages: readonly Package[];
  /** Own packages that the lockfile is for, where it says what each of their names was resolved to. */
  readonly projects?: readonly LockedProject[];
}

/** A project of a lockfile: the root, or a member of its workspace. */
export interface LockedProject extends Pick<Package, 'dependencies' | 'elsewhere'> {
  /** Relative to the folder of the lockfile, `..` allowed; '' is its own. */
  readonly folder: string;
}

/** What the index knows of one flaw in one package; OSV's facts in short form. */
export interface AdvisoryFacts {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** false when no source states one and `severity` is our default. */
  readonly severityStated: boolean;
  readonly cvss?: string;
  /** The package itself is the attack (`MAL-…`): every version that the record covers is to be removed, not updated. */
  readonly malicious?: boolean;
  /** RustSec: no flaw that can be attacked, but something to know, `unmaintained`, `unsound` or `notice`. */
  readonly informational?: string;
  readonly cwes: readonly string[];
  readonly published?: string;
  readonly ranges: readonly { readonly type: 'SEMVER' | 'ECOSYSTEM'; readonly events: readonly OsvEvent[] }[];
  readonly versions: readonly string[];
  /** First version without the flaw where the ranges end in `last_affected`: what a source states, not what we derive. */
  readonly patched?: string;
  /** Vulnerable functions that the record itself names, in the spelling of its ecosystem; [] = it names none. */
  readonly functions: readonly string[];
  /** npm: what the fix changed, where the record names no function. */
  readonly derived?: DerivedFunctions;
}

/** Functions that the first fixed version changed against the last vulnerable one: evidence for, never against. */
export interface DerivedFunctions {
  /** Versions that were compared. */
  readonly pair: { readonly vulnerable: string; readonly fixed: string };
  /** Of other branches with a fix of their own, whose functions are among `functions`; the first pair lies nearest. */
  readonly others?: readonly { readonly vulnerable: string; readonly fixed: string }[];
  /** patch, minor or major: how far the two lie apart; inexact: the fixed version that the record names is not published, or the diff with it is empty. */
  readonly distance: 'patch' | 'minor' | 'major' | 'inexact';
  /** module: why no function can be told (`42 functions changed`, `minified`, `only a dependency changed`); functions are then hints. */
  readonly moduleOnly?: string;
  /** Sorted by tier, then file, then name. */
  readonly functions: readonly DerivedFunction[];
}

export interface DerivedFunction {
  /** Path inside the package. */
  readonly file: string;
  /** Qualified, as javascript/functions names it. */
  readonly name: string;
  readonly kind: 'changed' | 'removed' | 'reader';
  readonly tier: 'core' | 'wide' | 'swept';
}
export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

export interface AdvisoryLookup {
  /** Every advisory of the packages asked for; withdrawn ones are left out. name → advisories, sorted by id. */
  advisoriesOf(ecosystem: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly AdvisoryFacts[]>>;
  /** Ecosystems that the index holds; of packages of any other nothing is known, which is not the same as no advisory. Absent = not said. */
  readonly ecosystems?: readonly string[];
}

export interface KnownExploited {
  /** CISA KEV: CVE id → the day it was added. */
  readonly since: ReadonlyMap<string, string>;
  /** Chance of exploitation in the next 30 days, 0..1; `undefined` = no score published, not zero. @see https://www.first.org/epss/ */
  epss(cve: string): number | undefined;
  /** Day of the scores, `2026-11-22`. */
  readonly epssAsOf?: string;
}

/** One instruction of a Dockerfile, lines joined, arguments as written. */
export interface DockerInstruction {
  /** Upper case: FROM, RUN, USER … */
  readonly name: string;
  readonly arguments: string;
  readonly region: Region;
  /** 0-based index of the stage it belongs to; -1 before the first FROM. */
  readonly stage: number;
}
export interface Dockerfile {
  readonly uri: string;
  /** A .dockerignore stands beside it, at the root, or under its own name: what is copied is filtered. */
  readonly hasIgnoreFile: boolean;
  readonly instructions: readonly DockerInstruction[];
  readonly stages: readonly { readonly index: number; readonly image: string; readonly name?: string; readonly from: DockerInstruction }[];
}

/** A Terraform value: known, or unknown with the reason. Never guessed. */
export type TerraformValue =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly region: Region }
  | { readonly kind: 'list'; readonly items: readonly TerraformValue[]; readonly region: Region }
  | { readonly kind: 'object'; readonly entries: Readonly<Record<string, TerraformValue>>; readonly region: Region }
  | { readonly kind: 'reference'; readonly to: string; readonly region: Region }
  | { readonly kind: 'unknown'; readonly expression: string; readonly region: Region };

export interface TerraformBlock {
  /** resource, data, module, variable, provider, …; nested blocks have their own type. */
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, TerraformValue>>;
  readonly blocks: readonly TerraformBlock[];
  readonly region: Region;
}
export interface TerraformResource {
  readonly uri: string;
  /** `aws_s3_bucket.assets` */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly block: TerraformBlock;
}
/** All .tf files of one folder, variables with defaults and locals substituted. */
export interface TerraformModule {
  readonly folder: string;
  readonly resources: readonly TerraformResource[];
}

export interface CodeOwners {
  readonly uri: string;
  /** In file order; the last match wins. */
  readonly rules: readonly { readonly pattern: string; readonly owners: readonly string[]; readonly line: number }[];
}

/** Questions to git that cost a process each; answers are cached for the run. `undefined` = not under version control. */
export interface History {
  blame(uri: string, line: number): Promise<{ readonly commit: string; readonly author: string; readonly at: Timestamp } | undefined>;
}

/** A place where the module graph could not be closed. */
export interface OpenSite {
  readonly location: Location;
  /** Package that holds the site; undefined = the application's own code. */
  readonly place?: string;
  /** `require(name)`, `eval`, `native addon`, `source missing` … */
  readonly what: string;
  /** Places of packages that this site may load. */
  readonly mayLoad: 'any-resolvable' | readonly string[];
}

/** A function of a package as it lies in the target. */
export interface PlacedFunction {
  /** Module, as its path from the root; of a package that is not installed, as if it were. */
  readonly uri: string;
  readonly name: string;
  /** 1-based, UTF-16, end exclusive: line, column, line, column. */
  readonly place: readonly [number, number, number, number];
  /** Line and column of the body. */
  readonly body: readonly [number, number];
}

/** Which functions run, from the entry points on; larger than the truth on purpose. */
export interface FunctionGraph {
  readonly functions: number;
  readonly reached: number;
  /** Set when it says nothing: the budget is used up. */
  readonly unusable: string | undefined;
  /** Modules of a package that are loaded and whose functions were not followed, with the reason. */
  notFollowed(place: string): readonly string[];
  /** Functions of the loaded modules of a package that are called so; `file` inside the package, absent = in any. */
  named(place: string, name: string, file?: string): readonly PlacedFunction[];
  isLoaded(place: string, file: string): boolean;
  /** The code at an open site may run. */
  runs(site: OpenSite): boolean;
  /** From an entry point to the function that runs; undefined = no way was found. `sure` (default): without calls of which nothing is known. */
  pathTo(fn: PlacedFunction, sure?: boolean): readonly Location[] | undefined;
}

/** Which packages the application loads, from its entry points. */
export interface ModuleGraph {
  readonly manifest: string;
  readonly entries: readonly Location[];
  /** Number of modules parsed. */
  readonly modules: number;
  /** Place of a package → the imports that lead to it, entry point first. */
  readonly loaded: ReadonlyMap<string, readonly Location[]>;
  /** Place of a package that an open site may load → the sites. */
  readonly maybe: ReadonlyMap<string, readonly OpenSite[]>;
  readonly open: readonly OpenSite[];
  /** `name@version` → its places in this lockfile. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  /** What a proof of absence rests on besides the code: models of known packages and pins of the team, one a line. */
  readonly relied: readonly string[];
  /** From a place to the path that it has from the root: `shop/node_modules/a`. Absent = they are the same. */
  readonly keyOf?: (place: string) => string;
  /** Absent = functions were not looked at. */
  readonly calls?: FunctionGraph;
  /** Set when no verdict on absence can be given: no entry point found, sources not available (offline). */
  readonly inconclusive?: string;
}

/** What was seen to run in tests, staging or production. Only promotes: what is not in it may run all the same. */
export interface RuntimeEvidence {
  /** Module, as its path from the root (`src/app.js`, `node_modules/a/index.js`) → functions of it that ran, by place. */
  readonly executed: ReadonlyMap<string, readonly ExecutedFunction[]>;
}

export interface ExecutedFunction {
  /** As V8 says; empty = anonymous, or the module itself. */
  readonly name: string;
  /** 1-based line and column (UTF-16) where the parser's node of the function starts: of a method at its parameters. */
  readonly start: readonly [line: number, column: number];
  /** Exclusive. The extractor always knows it. */
  readonly end?: readonly [line: number, column: number];
  /** File of the evidence, as the user named it or relative to the root. */
  readonly seen: string;
}

/** Much-used names of one ecosystem. */
export interface PopularNames {
  /** What an impostor would imitate: the most used. */
  readonly imitated: ReadonlySet<string>;
  /** All that are used enough to be nobody's impostor. */
  readonly known: ReadonlySet<string>;
}

/** Where a package manager is told to look, by a file of the project. */
export interface RegistrySetting {
  readonly uri: string;
  readonly region: Region;
  /** npm-scope: one scope from one registry. npm-default: everything. extra-index: a second index whose names compete with the first (pip). */
  readonly kind: 'npm-scope' | 'npm-default' | 'extra-index';
  /** `@acme`; only npm-scope. */
  readonly scope?: string;
  /** Host and port, never user or password. */
  readonly host: string;
}

/** SPDX ids that a team allows or refuses; empty = says nothing. */
export interface LicencePolicy {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** What breakwater.yaml says of the application; absent = not known. */
export interface DeclaredExposure {
  readonly declared: Exposure | undefined;
}

export interface Facts {
  readonly texts: AsyncIterable<SourceText>;
  readonly dependencies: readonly DependencyGraph[];
  readonly advisories: AdvisoryLookup;
  readonly exploited: KnownExploited;
  readonly dockerfiles: readonly Dockerfile[];
  readonly terraform: readonly TerraformModule[];
  readonly codeowners: CodeOwners | undefined;
  readonly history: History;
  readonly moduleGraphs: readonly ModuleGraph[];
  readonly runtime: RuntimeEvidence;
  readonly application: Application;
  readonly exposure: DeclaredExposure;
  /** Ecosystem → names; only ecosystems with a list. */
  readonly popular: ReadonlyMap<string, PopularNames>;
  readonly registries: readonly RegistrySetting[];
  readonly licences: LicencePolicy;
  /** In order of authority: documents that the user named, then those that breakwater.yaml names. */
  readonly vex: readonly StatedVex[];
}
