/** Runs the enrichers in waves, each in its own worker, and adds what they answer. */
import type { Enrichment, Finding, Problem, StepOutcome } from '@breakwater/model';
import { mapLimit } from '../lib/async.ts';
import { enrichers } from './catalogue.gen.ts';
import { addValues } from './merge.ts';
import type { ScanOptions } from './options.ts';
import { wavesOf } from './order.ts';
import type { Surroundings } from './protocol.ts';
import { stepOptions } from './run-controls.ts';
import { runStep } from './steps.ts';

export interface EnrichResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly outcomes: readonly StepOutcome[];
}

export const enrich = async (found: readonly Finding[], surroundings: Surroundings, options: ScanOptions): Promise<EnrichResult> => {
  let findings = found;
  const problems: Problem[] = [];
  const outcomes: StepOutcome[] = [];
  if (found.length === 0) return { findings, problems, outcomes };
  const all = await Promise.all(Object.values(enrichers).map((load) => load()));
  for (const wave of wavesOf(all.map(({ adds, after }) => ({ adds: adds as keyof Enrichment, after })))) {
    const asked = findings;
    const results = await mapLimit(wave, options.jobs, async ({ adds }) => {
      options.onEvent({ kind: 'started', id: adds, steps: wave.length });
      const result = await runStep({ kind: 'enricher', id: adds, surroundings, findings: asked }, stepOptions(options));
      options.onEvent({ ...result.outcome, kind: 'ended' });
      return { adds, ...result };
    });
    options.signal.throwIfAborted();
    for (const result of results) {
      findings = addValues(findings, result.adds, result.values);
      problems.push(...result.problems);
      outcomes.push(result.outcome);
    }
  }
  return { findings, problems, outcomes };
};
