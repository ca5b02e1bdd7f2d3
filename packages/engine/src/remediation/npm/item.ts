/** What is planned for one package of one lockfile, in terms that a person can check. */
import type { Sha256 } from '@breakwater/model';
import type { RangeEdit } from './project.ts';
import type { Block } from './raise.ts';
import type { Distance } from './range.ts';

/** One place of the lockfile that changes its version. */
export interface Move {
  readonly place: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export type Strategy =
  | 'direct-in-range'
  | 'direct-same-major'
  | 'direct-next-major'
  | 'transitive-lockfile'
  | 'transitive-parent'
  /** The change made for another finding takes this one along. */
  | 'with-another';

interface ItemBase {
  readonly findings: readonly Sha256[];
  /** The lockfile, relative to the root. */
  readonly manifest: string;
  readonly name: string;
  /** Versions in the lockfile, ascending; several when the package stands at several places. */
  readonly from: readonly string[];
  /** 0..1 */
  readonly confidence: number;
  /** One line: `ejs 3.1.6 → 3.1.10, inside the range of package.json`. */
  readonly summary: string;
}

export interface Patch extends ItemBase {
  readonly kind: 'patch';
  readonly strategy: Strategy;
  /** Ascending; empty when the package leaves the tree. */
  readonly to: readonly string[];
  readonly distance?: Distance;
  /** Why this version: one sentence. */
  readonly why: string;
  /** Newer versions that were looked at and passed over on the way. */
  readonly weighed: number;
  /** Flaws that the new version keeps because no release is without them. */
  readonly keeps: readonly string[];
  /** Every place that changes for this item, parents included. */
  readonly moves: readonly Move[];
  /** Edits of package.json; `from` is its folder within the project. */
  readonly ranges: readonly RangeEdit[];
}

export interface Blocked extends ItemBase {
  readonly kind: 'blocked';
  readonly strategy: 'none';
  /** A sentence. */
  readonly reason: string;
  readonly block: Block;
}

export interface Suggestion extends ItemBase {
  readonly kind: 'suggest-only';
  readonly strategy: Strategy | 'by-hand';
  readonly advice: string;
}

/** The finding speaks of a version that is no longer there. */
export interface Settled extends ItemBase {
  readonly kind: 'nothing-to-do';
  readonly strategy: 'none';
}

export type PlanItem = Patch | Blocked | Suggestion | Settled;
