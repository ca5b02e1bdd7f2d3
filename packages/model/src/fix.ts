/** Proposed edits; applying and proving them (re-run the controls, run the tests) is the engine's work. */
import type { Context } from './context.ts';
import type { Finding } from './finding.ts';
import type { Region } from './location.ts';
import type { Sha256 } from './scalar.ts';
import type { StagedId } from './stage.ts';
import type { Target } from './target.ts';

/** Replace `region` of `uri` by `insertedContent` (SARIF replacement). */
export interface Edit {
  readonly uri: string;
  readonly region: Required<Region>;
  readonly insertedContent: string;
}

interface FixBase {
  readonly findings: readonly Sha256[];
  /** Word for the approach: `direct-in-range`, `transitive-lockfile`, … */
  readonly strategy: string;
  /** 0..1 */
  readonly confidence: number;
  /** One line: `ejs 3.1.6 → 3.1.10, inside the range of package.json`. */
  readonly summary: string;
}

export type Fix = FixBase &
  (
    | { readonly kind: 'patch'; readonly edits: readonly Edit[] }
    | { readonly kind: 'blocked'; readonly reason: string }
    | { readonly kind: 'suggest-only'; readonly advice: string }
  );

export interface Fixer {
  readonly fixes: readonly StagedId[];
  propose(findings: readonly Finding[], target: Target, ctx: Context): Promise<readonly Fix[]>;
}
