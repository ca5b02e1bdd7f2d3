/** The part of SARIF 2.1.0 that Breakwater writes, in the standard's own words. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
import type { Kind } from '../../finding.ts';
import type { Region } from '../../location.ts';

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly [SarifRun];
}

export type PropertyBag = Readonly<Record<string, unknown>>;
export type Level = 'none' | 'note' | 'warning' | 'error';

export interface SarifMessage {
  readonly text: string;
  readonly markdown?: string;
}

export interface SarifArtifactLocation {
  /** Percent-encoded. */
  readonly uri: string;
  readonly uriBaseId: '%SRCROOT%';
}

export interface SarifLocation {
  readonly physicalLocation?: { readonly artifactLocation: SarifArtifactLocation; readonly region?: Region };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  readonly message?: SarifMessage;
}

export interface SarifCodeFlow {
  readonly message: SarifMessage;
  readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
  readonly properties: { readonly kind: FlowKind };
}
/** flow: source to sink, or how a package came in. reachability: from an entry point to the vulnerable code. */
export type FlowKind = 'flow' | 'reachability';

export interface SarifFix {
  readonly description: SarifMessage;
  readonly artifactChanges: readonly {
    readonly artifactLocation: SarifArtifactLocation;
    readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }[];
  }[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly kind: Kind;
  readonly level: Level;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: { readonly 'breakwater/v1': string };
  readonly codeFlows?: readonly SarifCodeFlow[];
  readonly fixes?: readonly SarifFix[];
  readonly suppressions?: readonly { readonly kind: 'external'; readonly status: 'accepted'; readonly justification: string }[];
  readonly baselineState?: 'new' | 'unchanged' | 'updated' | 'absent';
  readonly properties: PropertyBag;
}

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription: SarifMessage;
  readonly helpUri?: string;
  readonly help: SarifMessage;
  readonly defaultConfiguration: { readonly level: Level };
  readonly relationships?: readonly {
    readonly target: { readonly id: string; readonly index: number; readonly toolComponent: { readonly name: 'CWE'; readonly index: 0 } };
    readonly kinds: readonly ['superset'];
  }[];
  readonly properties: PropertyBag;
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly level: 'error' | 'warning';
  readonly message: SarifMessage;
  readonly locations?: readonly SarifLocation[];
  readonly properties: PropertyBag;
}

export interface SarifTaxonomy {
  readonly name: 'CWE';
  readonly organization: string;
  readonly shortDescription: SarifMessage;
  readonly informationUri: string;
  readonly isComprehensive: false;
  readonly taxa: readonly { readonly id: string; readonly helpUri: string }[];
}

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: 'breakwater';
      readonly version: string;
      readonly rules: readonly SarifRule[];
      readonly supportedTaxonomies?: readonly { readonly name: 'CWE'; readonly index: 0 }[];
    };
  };
  readonly automationDetails: { readonly id: string };
  readonly columnKind: 'utf16CodeUnits';
  readonly originalUriBaseIds: { readonly '%SRCROOT%': { readonly description: SarifMessage } };
  readonly invocations: readonly [
    { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly SarifNotification[] },
  ];
  readonly taxonomies?: readonly [SarifTaxonomy];
  readonly versionControlProvenance?: readonly [
    {
      readonly repositoryUri: string;
      readonly revisionId?: string;
      readonly branch?: string;
      readonly mappedTo: { readonly uriBaseId: '%SRCROOT%' };
    },
  ];
  readonly results: readonly SarifResult[];
  readonly properties: PropertyBag;
}
