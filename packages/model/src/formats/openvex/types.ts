/** The part of OpenVEX 0.2.0 that Breakwater writes, in the standard's own words. */
import type { VexJustification } from '../../enrichment.ts';
import type { VexStatus } from '../../vex.ts';

export interface OpenVexStatement {
  readonly vulnerability: { readonly name: string; readonly aliases?: readonly string[] };
  /** Package URLs. */
  readonly products: readonly { readonly '@id': string; readonly subcomponents?: readonly { readonly '@id': string }[] }[];
  readonly status: VexStatus;
  readonly justification?: VexJustification;
  readonly impact_statement?: string;
  readonly action_statement?: string;
  readonly timestamp?: string;
}

export interface OpenVexDocument {
  readonly '@context': 'https://openvex.dev/ns/v0.2.0';
  readonly '@id': string;
  readonly author: string;
  readonly timestamp: string;
  readonly version: number;
  /** `name/version`, each percent-encoded where it holds a slash. */
  readonly tooling: string;
  readonly statements: readonly OpenVexStatement[];
}
