/** Adds one key to findings. Order is derived from `after`, never from a list kept elsewhere. */
import type { Context, Requirements } from './context.ts';
import type { Enrichment } from './enrichment.ts';
import type { Finding } from './finding.ts';
import type { Target } from './target.ts';

export interface Enricher<K extends keyof Enrichment = keyof Enrichment, Facts = unknown, R extends keyof Facts = keyof Facts> {
  readonly adds: K;
  readonly after: readonly (keyof Enrichment)[];
  readonly needs: Requirements;
  readonly reads: readonly R[];
  /** The per-target work, once; then a question for each finding. `undefined` = nothing is known. */
  open(facts: Pick<Facts, R>, target: Target, ctx: Context): Promise<(finding: Finding) => Promise<Enrichment[K] | undefined>>;
}
