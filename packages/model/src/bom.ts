/** What a target is made of, in no standard's words: the ground between dependency graphs, CycloneDX and SPDX. */
import type { Region } from './location.ts';
import type { Purl, Timestamp } from './scalar.ts';

export interface BomComponent {
  /** Key within its manifest: `node_modules/a`. With the manifest's uri it is unique: `package-lock.json#node_modules/a`. */
  readonly place: string;
  /** In the spelling of the ecosystem's advisories. */
  readonly name: string;
  readonly version: string;
  readonly purl?: Purl;
  readonly scope: 'required' | 'optional' | 'excluded';
  /** A project names it itself. */
  readonly direct: boolean;
  /** The entry in the manifest. */
  readonly region?: Region;
  /** Subresource integrity `sha512-base64`, or `sha256:hex`. */
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  /** SPDX expression, or the words its publisher gave. */
  readonly license?: string;
  readonly deprecated?: string;
  /** Shortest way in, names from a direct dependency to this one; only where a walk from what is direct would find another. */
  readonly path?: readonly string[];
  /** name as the dependent calls it → place, sorted by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** One lockfile, manifest or installed tree. */
export interface BomManifest {
  readonly uri: string;
  /** `package-lock`, `poetry-lock`, …; `sbom` when it came from elsewhere. */
  readonly kind: string;
  readonly formatVersion?: string;
  /** What the project asks for: name → range. */
  readonly direct: Readonly<Record<string, string>>;
  /** Sorted by place. */
  readonly components: readonly BomComponent[];
}

export interface Bom {
  readonly subject: { readonly name: string; readonly version?: string };
  readonly tool: { readonly name: string; readonly version: string };
  readonly createdAt: Timestamp;
  /** Sorted by uri. */
  readonly manifests: readonly BomManifest[];
  /** Something of the target could not be read: what is listed is not all there is. */
  readonly incomplete?: true;
}
