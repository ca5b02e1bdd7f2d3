/** Entry of a step's worker thread: extracts the facts that the step reads, runs it, and says what it found. */
import type { Context, Enrichment, Finding, StagedId } from '@breakwater/model';
import { BreakwaterError, timestamp } from '@breakwater/model';
import type { Reading } from '../extractors/reading.ts';
import { openReading } from '../extractors/tree/open.ts';
import { thread } from '../lib/io/thread.ts';
import { controls, enrichers } from './catalogue.gen.ts';
import { uncovered } from './coverage.ts';
import { gather } from './gather.ts';
import type { Job, Said } from './protocol.ts';

const BATCH = 200;

const job = thread.data as Job; // the main thread is the only sender
const abort = new AbortController();
const say = (said: Said): void => thread.say(said);

const reading = (): Reading => {
  const { inventory, now: _now, target: _target, ...rest } = job.surroundings;
  const files = inventory.files.map((file) => ({ ...file, raw: Buffer.from(file.raw) }));
  return openReading({
    ...rest,
    inventory: { ...inventory, files },
    control: job.id.split('/').pop() ?? job.id,
    signal: abort.signal,
    problem: (problem) => say({ kind: 'problem', problem }),
    progress: (what) => say({ kind: 'doing', what }),
    looked: (what) => say({ kind: 'looked', what }),
  });
};

const context: Context = { signal: abort.signal, now: () => timestamp(job.surroundings.now), log: () => undefined };

const runControl = async (id: StagedId): Promise<void> => {
  const control = await controls[id]?.();
  if (control === undefined) throw new BreakwaterError('BW5002', `there is no control ${id}`, 'Report this as a defect of Breakwater.');
  const facts = await gather(control.reads, reading());
  for (const problem of uncovered(facts)) say({ kind: 'problem', problem });
  let batch: Finding[] = [];
  for await (const finding of control.run(facts, job.surroundings.target, context)) {
    batch.push(finding);
    if (batch.length < BATCH) continue;
    say({ kind: 'findings', findings: batch });
    batch = [];
  }
  say({ kind: 'findings', findings: batch });
};

const runInventory = async (): Promise<void> => {
  const { dependencies } = await gather(['dependencies'], reading());
  say({ kind: 'graphs', graphs: dependencies });
};

const runEnricher = async (id: keyof Enrichment, findings: readonly Finding[]): Promise<void> => {
  const enricher = await enrichers[id]?.();
  if (enricher === undefined) throw new BreakwaterError('BW5002', `there is no enricher ${id}`, 'Report this as a defect of Breakwater.');
  const facts = await gather(enricher.reads, reading());
  const ask = await enricher.open(facts, job.surroundings.target, context);
  const answers = await Promise.all(findings.map(async (finding) => [finding.fingerprint, await ask(finding)] as const));
  say({ kind: 'values', values: answers.filter(([, value]) => value !== undefined) });
};

const main = async (): Promise<void> => {
  if (job.kind === 'control') await runControl(job.id);
  else if (job.kind === 'inventory') await runInventory();
  else await runEnricher(job.id, job.findings);
  say({ kind: 'done' });
};

const explain = (error: unknown): string =>
  error instanceof BreakwaterError ? `${error.code} ${error.message}` : error instanceof Error ? error.message : String(error);

thread.onStop(() => abort.abort());
main()
  .catch((error: unknown) =>
    say({ kind: 'failed', message: explain(error), ...(error instanceof Error && error.stack !== undefined && { stack: error.stack }) }),
  )
  .finally(() => thread.close());
