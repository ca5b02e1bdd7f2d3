/** What the scan's reachability step says of one advisory in one application, in this process and from source. */
import type { Reachability } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { dependencies } from '../../packages/engine/src/controls/build/dependencies/control.ts';
import { reachability } from '../../packages/engine/src/enrichers/reachability/enricher.ts';
import { openReading, takeInventory } from '../../packages/engine/src/extractors/tree/open.ts';
import { gather } from '../../packages/engine/src/pipeline/gather.ts';

export interface Question {
  /** All absolute. */
  readonly folder: string;
  readonly advisories: string;
  readonly cache: string;
  /** Id of the record. */
  readonly advisory: string;
}

export interface Verdict {
  /** Absent: the step has no answer. */
  readonly reachability?: Reachability;
  /** Of reading the module graphs and judging. */
  readonly ms: number;
}

const target = { kind: 'directory', uri: '.', digest: `sha256:${'0'.repeat(64)}` } as const;
const signal = new AbortController().signal;
const context = { signal, now: () => timestamp('2026-01-01T00:00:00Z'), log: () => undefined };

/** undefined = no finding of this advisory. `onStart` is called when the step begins. */
export const verdictOf = async (question: Question, onStart: () => void = () => undefined): Promise<Verdict | undefined> => {
  const { folder, advisories, cache, advisory } = question;
  const inventory = await takeInventory(folder, signal);
  const silent = { problem: () => undefined, progress: () => undefined, looked: () => undefined };
  const options = { root: folder, inventory, config: {}, offline: true, cache, advisories, signal, ...silent };
  const facts = await gather(dependencies.reads, openReading({ ...options, control: 'dependencies' }));
  const findings = [];
  for await (const finding of dependencies.run(facts, target, context)) findings.push(finding);
  if ('close' in facts.advisories && typeof facts.advisories.close === 'function') await facts.advisories.close();
  const finding = findings.find((one) => one.vulnerability?.id === advisory);
  if (finding === undefined) return undefined;
  onStart();
  const started = performance.now();
  const graphs = await gather(reachability.reads, openReading({ ...options, control: 'reachability' }));
  const ask = await reachability.open(graphs, target, context);
  const answer = await ask(finding);
  return { ...(answer === undefined ? {} : { reachability: answer }), ms: performance.now() - started };
};
