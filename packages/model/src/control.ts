/** Produces findings for one concern of one stage (SARIF toolComponent). */
import type { Context, Requirements } from './context.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import type { StagedId } from './stage.ts';
import type { Target } from './target.ts';

export interface Control<Facts = unknown, K extends keyof Facts = keyof Facts> {
  readonly id: StagedId;
  readonly rules: readonly Rule[];
  readonly needs: Requirements;
  /** Only these facts are extracted and handed over. */
  readonly reads: readonly K[];
  run(facts: Pick<Facts, K>, target: Target, ctx: Context): AsyncIterable<Finding>;
}
