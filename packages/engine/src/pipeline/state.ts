/** Where a run keeps its own state below the scanned root, and how surfaces reach it. */
import { join } from 'node:path';
import type { Run } from '@breakwater/model';
import { keepLastRun, readLastRun } from '../extractors/tree/last-run.ts';

export const stateFolder = (root: string): string => join(root, '.breakwater');

export const rememberRun = (root: string, run: Run): Promise<boolean> => keepLastRun(stateFolder(root), run);
export const recallRun = (root: string): Promise<Run | undefined> => readLastRun(stateFolder(root));
