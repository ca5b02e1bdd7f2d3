/** Derives functions for every npm advisory of an index that is being built: a few packages at a time, from the answers kept where there are some. */
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';
import { lanes } from '../../extractors/sources/lanes.ts';
import { byText } from '../../lib/order.ts';
import { packageDeriver } from './derive.ts';
import { type Answer, keepAnswer, keptAnswer } from './kept.ts';
import { openRegistry, type Registry } from './registry.ts';

export interface DeriveOptions {
  /** Absolute; holds tarballs and answers, and may be deleted at any time. */
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
  /** For tests; the user's own by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** First pause before asking again, in milliseconds. */
  readonly pause?: number;
}

export interface DeriveReport {
  /** Advisories that say a version to compare, and so could have functions. */
  readonly asked: number;
  /** With functions that can be told. */
  readonly functions: number;
  /** Something is said of the fix, but no function for sure. */
  readonly moduleOnly: number;
  /** The registry has no release with the fix, or none before it. */
  readonly nothing: number;
  /** The registry did not answer: another run will ask again. */
  readonly failed: number;
}

export interface Derived {
  of(name: string, id: string): DerivedFunctions | undefined;
  readonly report: DeriveReport;
}

export interface PackageAdvisories {
  readonly name: string;
  readonly advisories: readonly AdvisoryFacts[];
}

/** Two releases of one package may take a gigabyte when parsed. */
const WIDTH = 2;
/** So many packages in a row without an answer: the registry is not there. */
const MAX_FAILED = 8;

const hasFix = ({ ranges, patched, malicious }: AdvisoryFacts): boolean =>
  malicious !== true && (patched !== undefined || ranges.some((range) => range.events.some((event) => event.fixed !== undefined)));

/** Throws BW4011 when the registry cannot be asked at all, and the signal's reason; what was worked out until then is kept. */
export const deriveAll = async (packages: readonly PackageAdvisories[], options: DeriveOptions): Promise<Derived> => {
  const run = new Run(options);
  const wanted = packages.map(({ name, advisories }) => ({ name, advisories: advisories.filter(hasFix) }));
  const sorted = wanted.filter(({ advisories }) => advisories.length > 0).sort((a, b) => byText(a.name, b.name));
  const gate = lanes(WIDTH);
  await Promise.all(sorted.map((one, at) => gate(async () => run.derive(one, at, sorted.length))));
  return { of: (name, id) => run.found.get(`${name}\t${id}`), report: run.report };
};

class Run {
  readonly found = new Map<string, DerivedFunctions>();
  readonly report = { asked: 0, functions: 0, moduleOnly: 0, nothing: 0, failed: 0 };
  readonly #options: DeriveOptions;
  readonly #registry: Registry;
  #failedInRow = 0;

  constructor(options: DeriveOptions) {
    this.#options = options;
    this.#registry = openRegistry({ ...options, cache: join(options.cache, 'registry') });
  }

  async derive({ name, advisories }: PackageAdvisories, at: number, of: number): Promise<void> {
    const deriver = packageDeriver(this.#registry, name);
    for (const facts of advisories) {
      this.#options.signal.throwIfAborted();
      this.report.asked += 1;
      const kept = await keptAnswer(this.#options.cache, name, facts);
      if (kept !== undefined) this.#note(name, facts.id, kept);
      else await this.#ask(name, facts, deriver);
    }
    this.#options.onProgress?.({ done: at + 1, of });
  }

  async #ask(name: string, facts: AdvisoryFacts, deriver: ReturnType<typeof packageDeriver>): Promise<void> {
    const result = await deriver.derive(facts);
    if (!result.ok) {
      this.report.failed += 1;
      this.#failedInRow += 1;
      if (this.#failedInRow >= MAX_FAILED) throw unreachable(result.error.why);
      return;
    }
    this.#failedInRow = 0;
    const answer = result.value ?? null;
    this.#note(name, facts.id, answer);
    await keepAnswer(this.#options.cache, name, facts, answer);
  }

  #note(name: string, id: string, answer: Answer): void {
    if (answer === null) this.report.nothing += 1;
    else {
      this.report[answer.moduleOnly === undefined ? 'functions' : 'moduleOnly'] += 1;
      this.found.set(`${name}\t${id}`, answer);
    }
  }
}

const unreachable = (why: string): BreakwaterError =>
  new BreakwaterError(
    'BW4011',
    `Functions cannot be derived: ${why}`,
    'Check the network and your npm configuration, or build without --derive',
  );
