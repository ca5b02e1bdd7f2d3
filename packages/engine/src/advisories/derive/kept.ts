/** Answers of earlier runs, so that one that is killed goes on where it was, and only new advisories cost anything. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DerivedFunctions } from '../../extractors/facts.ts';
import { sha256 } from '../../lib/digest.ts';
import { derivedFrom } from '../derived.ts';
import { DERIVATION, type Derivable } from './derive.ts';

/** null = there is nothing to compare. */
export type Answer = DerivedFunctions | null;

const fileOf = (cache: string, name: string, { ranges, patched }: Derivable): string => {
  const key = sha256(JSON.stringify([DERIVATION, name, ranges, patched ?? null])).slice('sha256:'.length);
  return join(cache, 'answers', `${key}.json`);
};

/** undefined = not known, or not readable: it is worked out again. */
export const keptAnswer = async (cache: string, name: string, facts: Derivable): Promise<Answer | undefined> => {
  try {
    const json: unknown = JSON.parse(await readFile(fileOf(cache, name, facts), 'utf8'));
    return json === null ? null : derivedFrom(json);
  } catch {
    return undefined;
  }
};

export const keepAnswer = async (cache: string, name: string, facts: Derivable, answer: Answer): Promise<void> => {
  const file = fileOf(cache, name, facts);
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(`${file}.${process.pid}`, JSON.stringify(answer));
    await rename(`${file}.${process.pid}`, file);
  } catch {
    // without a cache the next run takes longer, nothing else
  }
};
