/** What a run of a program showed: whether the sink's function ran, and which functions did. Kept, since runs take seconds. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './apps.ts';
import type { Covered } from './coverage.ts';
import { coveredFunctions, innermost } from './coverage.ts';
import type { Fact } from './facts.ts';
import { slugOf } from './facts.ts';
import { runCaged } from './sandbox.ts';
import type { Sink } from './sink.ts';
import { locateSink } from './sink.ts';

export interface Truth {
  readonly sink: Sink;
  /** loaded: the file was, its function did not run. */
  readonly reached: 'ran' | 'loaded' | 'not-loaded' | 'unlocatable';
  readonly files: ReadonlyMap<string, readonly Covered[]>;
  readonly timedOut: boolean;
  readonly said: string;
}

/** Of what surrounds the program: raise it when sandbox.ts changes what a program meets. */
const VERSION = 2;

export const truthOf = async (work: string, fact: Fact, app: App): Promise<Truth> => {
  const { files, timedOut, said } = await observed(work, fact, app);
  const sink = locateSink(app.folder, fact, (file) => files.has(file));
  return { sink, reached: reachedOf(sink, files), files, timedOut, said };
};

const reachedOf = (sink: Sink, files: Truth['files']): Truth['reached'] => {
  if (!sink.ok) return 'unlocatable';
  const functions = files.get(sink.file);
  if (functions === undefined) return 'not-loaded';
  return innermost(functions, sink.offset)?.ran === true ? 'ran' : 'loaded';
};

type Observed = Pick<Truth, 'files' | 'timedOut' | 'said'>;

const observed = async (work: string, fact: Fact, app: App): Promise<Observed> => {
  const program = readFileSync(join(app.folder, app.entry), 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, process.version, app.entry, program]))
    .digest('hex')
    .slice(0, 16);
  const kept = join(work, 'truth', `${slugOf(fact.id)}.${app.kind}.${key}.json`);
  if (existsSync(kept)) {
    const { files, ...rest } = JSON.parse(readFileSync(kept, 'utf8'));
    return { ...rest, files: new Map(files) };
  }
  const { coverage, timedOut, said } = await runCaged(join(app.folder, app.entry));
  const files = coveredFunctions(coverage, app.folder);
  mkdirSync(join(work, 'truth'), { recursive: true });
  writeFileSync(kept, JSON.stringify({ files: [...files], timedOut, said }));
  return { files, timedOut, said };
};
