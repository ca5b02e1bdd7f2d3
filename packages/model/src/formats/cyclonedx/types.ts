/** The part of CycloneDX 1.5 and 1.6 that Breakwater writes, in the standard's own words. @see https://cyclonedx.org/docs/1.6/json/ */

export type CycloneDxVersion = '1.5' | '1.6';

export interface CdxProperty {
  readonly name: string;
  readonly value: string;
}

export interface CdxHash {
  readonly alg: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';
  /** Hexadecimal. */
  readonly content: string;
}

export type CdxLicence = { readonly expression: string } | { readonly license: { readonly name: string } };

export interface CdxComponent {
  readonly type: 'application' | 'library' | 'file';
  readonly 'bom-ref'?: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly scope?: 'required' | 'optional' | 'excluded';
  readonly hashes?: readonly CdxHash[];
  readonly licenses?: readonly [CdxLicence];
  readonly purl?: string;
  readonly externalReferences?: readonly { readonly type: 'distribution'; readonly url: string }[];
  readonly properties?: readonly CdxProperty[];
  readonly evidence?: { readonly occurrences: readonly { readonly location: string; readonly line?: number }[] };
}

export interface CdxDependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

export interface CdxVulnerability {
  readonly id: string;
  readonly source: { readonly name: string };
  /** The same flaw under other names. */
  readonly references?: readonly { readonly id: string; readonly source: { readonly name: string } }[];
  readonly recommendation?: string;
  readonly analysis: {
    readonly state: string;
    readonly justification?: string;
    readonly detail?: string;
    readonly lastUpdated?: string;
  };
  readonly affects: readonly { readonly ref: string }[];
  readonly properties: readonly CdxProperty[];
}

export interface CdxDocument {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: CycloneDxVersion;
  readonly serialNumber?: string;
  readonly version: 1;
  readonly metadata: {
    readonly timestamp: string;
    readonly tools: { readonly components: readonly CdxComponent[] };
    readonly authors?: readonly { readonly name: string }[];
    readonly component: CdxComponent;
    readonly properties: readonly CdxProperty[];
  };
  readonly components: readonly CdxComponent[];
  /** Every reference of the document, sorted. */
  readonly dependencies: readonly CdxDependency[];
  readonly vulnerabilities?: readonly CdxVulnerability[];
}
