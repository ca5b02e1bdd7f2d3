/** What a reader of one kind of lockfile, manifest or installed tree takes and gives; the shared part turns it into a graph. */
import type { Region } from '@breakwater/model';
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import type { ManifestKind, Package } from '../facts.ts';

export type EdgeKind = 'prod' | 'optional' | 'dev';
export type Scope = Package['scope'];

/** A wish of one package that was resolved to an entry. */
export interface Edge {
  /** As the dependent calls it; differs from the entry's name for an alias. */
  readonly name: string;
  /** Place of the entry it means. */
  readonly to: string;
  readonly kind: EdgeKind;
}

/** One package at one place. */
export interface Entry {
  /** Key within the manifest, unique: `node_modules/a`, `a@1.0.0`, `a 1.0.0 registry+…`. */
  readonly place: string;
  /** Where it is not the format's own. */
  readonly ecosystem?: Ecosystem;
  /** As the ecosystem's advisories spell it (`org.slf4j:slf4j-api`, `golang.org/x/net`); normalised by the shared part. */
  readonly name: string;
  /** Exact. */
  readonly version: string;
  /** Where it stands in the manifest. */
  readonly region: Region;
  readonly edges: readonly Edge[];
  /** What the file itself says; wins only where no root leads to the entry. Without either: required. */
  readonly scope?: Scope;
  /** Named by a project itself, where the file says so and has no roots. */
  readonly direct?: boolean;
  /** `sha512-…` (SRI), or `sha256:hex` in formats that write hex. */
  readonly integrity?: string;
  /** The address as the file says. */
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  /** SPDX expression or the words that the manifest gives. */
  readonly license?: string;
  /** The reason that its publisher states. */
  readonly deprecated?: string;
}

/** A project of the lockfile: the root, or a member of its workspace. */
export interface Root {
  /** Folder relative to the manifest's folder; '' is the manifest's own. */
  readonly folder: string;
  readonly edges: readonly Edge[];
  /** A member that is itself only for development; absent = required. */
  readonly scope?: Scope;
}

/** A package without a published version that advisories could speak about, or a version that is not known without a network. */
export interface Left {
  readonly name: string;
  readonly line: number;
  /** git, file, remote: installed from there. unresolved: the version is not in the tree. unreadable: the entry makes no sense. */
  readonly origin: 'git' | 'file' | 'remote' | 'unresolved' | 'unreadable';
  /** unresolved: why, in a few words: `parent pom org.acme:base:3 is not in the tree`. */
  readonly why?: string;
  /** Its key and what it brings along, where the file says so: the walk leads through it, but it is no package of the graph. */
  readonly place?: string;
  readonly edges?: readonly Edge[];
}

export interface Parsed {
  /** Of the format, as the file states it: `9.0`. */
  readonly formatVersion?: string;
  readonly entries: readonly Entry[];
  /** Empty: the format has no graph; each entry's own `scope` and `direct` count. */
  readonly roots: readonly Root[];
  /** What the projects ask for: name → range; the name as they call it. */
  readonly direct: Readonly<Record<string, string>>;
  readonly left: readonly Left[];
}

/** Other files of the target, for what a lockfile alone does not say. */
export interface Near {
  /** `path` relative to the manifest's folder, `..` allowed within the root. Text, or undefined when there is none or it cannot be read. */
  text(path: string): Promise<string | undefined>;
  /** Bytes of the manifest itself; for binaries and archives. Throws BreakwaterError when larger than the format's `maxBytes`. */
  bytes(): Promise<Buffer>;
  /** Folders relative to the manifest's folder (no trailing slash) that hold a file of this name, sorted; installed trees excluded. */
  foldersWith(name: string): readonly string[];
  /** The same of the whole target, `..` for what is not below the manifest. */
  foldersAround?(name: string): readonly string[];
  /** One object for all manifests of a run: the key (of a WeakMap) under which a format keeps what it worked out for the next manifest. */
  readonly run?: object;
  readonly signal: AbortSignal;
}

export interface Format {
  readonly kind: ManifestKind;
  readonly ecosystem: Ecosystem;
  /** Documented range of format versions: `lockfile 5.0–9.0`. */
  readonly versions: string;
  /** By uri relative to the root; decides alone, without opening the file. */
  readonly matches: (uri: string) => boolean;
  readonly maxBytes: number;
  /** What makes the file anew: `poetry lock`. */
  readonly remake: string;
  /**
   * `text` is '' when `binary`. Throws ManifestError for what is not the format; anything else thrown is a defect.
   * A file of this name that is of another tool gives `undefined` (not ours, no problem said).
   */
  read(uri: string, text: string, near: Near): Promise<Parsed | undefined> | Parsed | undefined;
  /** Read bytes in place of text. */
  readonly binary?: boolean;
  /** `note`: versions that the file leaves open are worth knowing, and do not make the run incomplete. Absent: they do. */
  readonly unresolvedIs?: 'note';
}
