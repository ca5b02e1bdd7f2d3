/** Is a claimed path true? Each step's function ran, or at least exists where it is said to be. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Location } from '@breakwater/model';
import { asCounted, innermost, offsetOf } from './coverage.ts';
import type { Truth } from './truth.ts';

/** executed: the function around the place ran; callable: it is there but did not run; missing: no such file or line. */
export type StepCheck = 'executed' | 'callable' | 'missing';

export const checkStep = (app: string, { uri, region }: Location, files: Truth['files']): StepCheck => {
  const path = join(app, uri);
  if (!existsSync(path)) return 'missing';
  const text = asCounted(readFileSync(path, 'utf8'));
  const line = region?.startLine ?? 1;
  const column = region?.startColumn ?? firstColumn(text.split('\n')[line - 1] ?? '');
  const offset = offsetOf(text, line, column);
  if (offset === undefined) return 'missing';
  return innermost(files.get(uri) ?? [], offset)?.ran === true ? 'executed' : 'callable';
};

const firstColumn = (line: string): number => line.length - line.trimStart().length + 1;
