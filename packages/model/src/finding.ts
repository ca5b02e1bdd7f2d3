/** The one type that flows through: a SARIF result. Immutable; enrichers add to `properties`, they never rewrite what a control saw. */
import type { Enrichment, Exposure } from './enrichment.ts';
import type { Location } from './location.ts';
import type { Purl, Sha256 } from './scalar.ts';
import type { Confidence, Severity } from './severity.ts';
import type { StagedId } from './stage.ts';
import type { Target } from './target.ts';

/** SARIF result.kind. `open` = could not tell. Never `pass` for what was not looked at. */
export const KINDS = ['fail', 'pass', 'open', 'review', 'informational', 'notApplicable'] as const;
export type Kind = (typeof KINDS)[number];

export interface Component {
  readonly purl: Purl;
  readonly bomRef: string;
  /** required and optional are shipped; excluded is for development only (CycloneDX scope). */
  readonly scope: 'required' | 'optional' | 'excluded';
}

/**
 * Whether a flaw in it is a risk to what is delivered: everything but what is for development only. The steps of a pipeline do not
 * ship either, but they run with the credentials that publish it.
 */
export const isDelivered = ({ purl, scope }: Component): boolean => scope !== 'excluded' || purl.startsWith('pkg:githubactions/');

export interface Vulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  /** CVSS vector. */
  readonly cvss?: string;
  /** First version without the flaw on each branch, ascending. */
  readonly fixed?: readonly string[];
}

export interface Finding {
  readonly ruleId: StagedId;
  readonly kind: Kind;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The title: the effect in this application, in plain words. Holds no secret. */
  readonly message: string;
  readonly target: Target;
  readonly locations: readonly [Location, ...Location[]];
  /** Source → … → sink, or how a package came in. Reachability keeps its own path. */
  readonly codeFlow?: readonly Location[];
  /** Identity that survives line moves: versioned key of its kind, never a line number. */
  readonly fingerprint: Sha256;
  /** The weakness itself opens the resource to this zone: a world-readable bucket is on the internet wherever the application is. */
  readonly opensTo?: Exposure;
  readonly component?: Component;
  readonly vulnerability?: Vulnerability;
  readonly properties: Enrichment;
}

/** The short form that people type: `breakwater explain 7c1fe0`. Six hex digits unless two findings collide. */
export const shortId = (fingerprint: Sha256, digits = 6): string => fingerprint.slice('sha256:'.length, 'sha256:'.length + digits);
