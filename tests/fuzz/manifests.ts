/** Damaged manifests through the readers: nothing crashes, nothing hangs, and no package vanishes without a word. */
import { performance } from 'node:perf_hooks';
import { readDependencies } from '../../packages/engine/src/extractors/dependencies/read.ts';
import type { Reading, ReadProblem } from '../../packages/engine/src/extractors/reading.ts';
import { plainReaderOf } from '../oracle/inventories.ts';
import { mutated } from './mutate.ts';

export interface Seed {
  /** Of the target: decides the reader. */
  readonly uri: string;
  readonly text: string;
}

export interface Fuzzed {
  readonly runs: number;
  readonly slowestMs: number;
  /** Which one that was: `yarn.lock run 7`. */
  readonly slowest: string;
  /** Runs that said a problem, or gave packages. */
  readonly said: number;
  readonly crashes: readonly string[];
  readonly lost: readonly string[];
}

const silent = (): void => undefined;

/** A target of one file in memory. */
const readingOf = (uri: string, text: string, problem: (problem: ReadProblem) => void): Reading => ({
  root: '/nowhere',
  kind: 'directory',
  files: [{ uri, bytes: text.length }],
  config: {},
  offline: true,
  cache: '/nowhere',
  advisories: '/nowhere',
  vex: [],
  signal: new AbortController().signal,
  readText: async () => text,
  readBytes: async () => Buffer.from(text),
  readRange: async (_uri, offset, length) => Buffer.from(text).subarray(offset, offset + length),
  problem,
  progress: silent,
  looked: silent,
});

/** Names that the plain reader still sees; it may itself stumble over the damage. */
const plainNames = (uri: string, text: string): readonly string[] => {
  try {
    return (plainReaderOf(uri)?.(text) ?? []).map(({ name }) => name);
  } catch {
    return [];
  }
};

interface Outcome {
  readonly crash?: string;
  readonly lost: readonly string[];
  readonly said: boolean;
}

const runOne = async ({ uri }: Seed, text: string): Promise<Outcome> => {
  const problems: ReadProblem[] = [];
  try {
    const graphs = await readDependencies(readingOf(uri, text, (problem) => problems.push(problem)));
    const ours = new Set(graphs.flatMap(({ packages }) => packages.map(({ name }) => name)));
    const lost = problems.length > 0 ? [] : plainNames(uri, text).filter((name) => !ours.has(name));
    return { lost, said: problems.length > 0 || ours.size > 0 };
  } catch (error) {
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error), lost: [], said: true };
  }
};

/** `runs` damaged texts, seeds in turn. Deterministic in everything but time. */
export const fuzz = async (seeds: readonly Seed[], runs: number, from = 0): Promise<Fuzzed> => {
  const crashes: string[] = [];
  const lost: string[] = [];
  let slowestMs = 0;
  let slowest = '';
  let said = 0;
  for (let run = from; run < from + runs; run += 1) {
    const seed = seeds[run % seeds.length];
    if (seed === undefined) break;
    const text = mutated(seed.text, run);
    const started = performance.now();
    const outcome = await runOne(seed, text);
    const tookMs = performance.now() - started;
    if (tookMs > slowestMs) [slowestMs, slowest] = [tookMs, `${seed.uri} run ${run}`];
    said += outcome.said ? 1 : 0;
    if (outcome.crash !== undefined) crashes.push(`${seed.uri} run ${run}: ${outcome.crash}`);
    if (outcome.lost.length > 0) lost.push(`${seed.uri} run ${run}: ${outcome.lost.slice(0, 3).join(', ')}`);
  }
  return { runs, slowestMs, slowest, said, crashes, lost };
};
