/** All readers by the names of their files; a reader and its parser are loaded only when such a file is there. */
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import type { ManifestKind } from '../facts.ts';
import type { FoundFile, Reading } from '../reading.ts';
import type { Format, Parsed } from './format.ts';

export interface ManifestGroup {
  /** Over the uri; each reader then decides itself. */
  readonly files: RegExp;
  readonly load: () => Promise<readonly Format[]>;
}

export const MANIFESTS: readonly ManifestGroup[] = [];

export interface InstalledManifest {
  readonly manifest: string;
  readonly kind: ManifestKind;
  readonly parsed: Parsed;
}

export interface InstalledTree {
  /** Cheap: whether a file may belong to such a tree. */
  readonly present: (file: FoundFile) => boolean;
  readonly ecosystem: Ecosystem;
  readonly remake: string;
  readonly load: () => Promise<(reading: Reading) => Promise<readonly InstalledManifest[]>>;
}

export const INSTALLED_TREES: readonly InstalledTree[] = [];

/** Whether the dependency control has something to read in a file of this name. */
export const isDependencyFile = (uri: string): boolean =>
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|package\.json|bun\.lockb)$/.test(uri) || MANIFESTS.some(({ files }) => files.test(uri));
