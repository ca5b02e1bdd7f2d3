/** Run-time evidence of the target: which of its functions, and of its packages', tests, staging or production were seen to run. */
import { readFile, realpath, stat } from 'node:fs/promises';
import type { RuntimeEvidence } from '../facts.ts';
import type { NamedEvidence, Reading } from '../reading.ts';
import { Collector } from './collect.ts';
import type { Evidence } from './evidence.ts';
import { evidenceIn } from './evidence.ts';
import { insideRoot, listEvidence } from './files.ts';
import { MAX_BYTES, parseJson } from './json.ts';
import type { LockedUnit, Units } from './locate.ts';
import { damaged, nothing, unfitting } from './problems.ts';

/** Over all files. */
const MAX_TOTAL = 4 * 1024 * 1024 * 1024;

/** The sources that were named, before anything is read: false = there is nothing to do. */
export const namesEvidence = (reading: Pick<Reading, 'coverage' | 'config'>): boolean =>
  (reading.coverage?.length ?? 0) + (reading.config.reachability?.evidence?.length ?? 0) > 0;

/**
 * From what the user named (`--coverage`), then what breakwater.yaml names. `units`: the locked packages. Never throws for what a file
 * holds. Problems: BW3032 a damaged file, BW3033 named but nothing there, BW3034 evidence of another text. Only BW3033 makes the run
 * incomplete: evidence promotes, and without a part of it nothing is shown safer than without any.
 */
export const readRuntime = async <U extends LockedUnit>(reading: Reading, units: Units<U>): Promise<RuntimeEvidence> => {
  const collector = new Collector(reading, await realpath(reading.root), units);
  const budget = { left: MAX_TOTAL };
  for (const named of await namedIn(reading)) await readNamed(reading, named, collector, budget);
  for (const problem of unfitting(collector.left)) reading.problem(problem);
  return collector.evidence;
};

const namedIn = async (reading: Reading): Promise<readonly NamedEvidence[]> => {
  const found: NamedEvidence[] = [...(reading.coverage ?? [])];
  for (const named of reading.config.reachability?.evidence ?? []) {
    const inside = await insideRoot(reading.root, named);
    if (inside === undefined) reading.problem(nothing(named, 'lies outside of the scanned folder'));
    else found.push(inside);
  }
  return found;
};

interface Budget {
  left: number;
}

const readNamed = async <U extends LockedUnit>(
  reading: Reading,
  named: NamedEvidence,
  collector: Collector<U>,
  budget: Budget,
): Promise<void> => {
  const listed = await listEvidence(named);
  if (!listed.ok) return reading.problem(nothing(named.shown, listed.error));
  if (listed.truncated) reading.problem(damaged(named.shown, 'holds too many files; the first were read'));
  let used = 0;
  for (const [index, file] of listed.files.entries()) {
    reading.signal.throwIfAborted();
    reading.progress(`reading evidence, ${index + 1} of ${listed.files.length} files`);
    const evidence = await readEvidence(reading, file, budget);
    if (evidence === undefined) continue;
    await collector.add(evidence, file.shown);
    used += 1;
  }
  if (used === 0) reading.problem(nothing(named.shown, 'holds no V8 coverage and no CPU profile'));
};

/** undefined: said as a problem, or no evidence at all (other JSON in the same folder). */
const readEvidence = async (reading: Reading, { path, shown }: NamedEvidence, budget: Budget): Promise<Evidence | undefined> => {
  const read = await bytesOf(path, budget);
  const parsed = 'error' in read ? { ok: false as const, error: read.error } : parseJson(read.bytes);
  if (parsed.ok) return evidenceIn(parsed.value);
  reading.problem(damaged(shown, parsed.error));
  return undefined;
};

const bytesOf = async (path: string, budget: Budget): Promise<{ readonly bytes: Buffer } | { readonly error: string }> => {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return { error: `is larger than ${MAX_BYTES / 1_048_576} MB` };
    if (size > budget.left) return { error: `was not read: there was ${MAX_TOTAL / 1_073_741_824} GB before it` };
    budget.left -= size;
    return { bytes: await readFile(path) };
  } catch {
    return { error: 'cannot be read' };
  }
};
