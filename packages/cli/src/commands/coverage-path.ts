/** Run-time evidence that the user names on the command line: V8 coverage and CPU profiles. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NamedEvidence } from '@breakwater/engine/extractors/reading';
import { BreakwaterError } from '@breakwater/model';

/** Throws BW1010 for what does not exist: it was meant to count. What lies in it is read by the scan. */
export const evidenceAt = (named: string): NamedEvidence => {
  const path = resolve(named);
  if (!existsSync(path)) {
    throw new BreakwaterError(
      'BW1010',
      `--coverage ${named} does not exist`,
      'Name a .cpuprofile, a coverage file of V8, or the folder that NODE_V8_COVERAGE wrote to.',
    );
  }
  return { path, shown: named };
};
