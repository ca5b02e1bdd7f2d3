/** VEX documents that the user names on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { statementsIn } from '@breakwater/engine/extractors/vex/statements';
import type { StatedVex } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';

const BYTES = 64 * 1024 * 1024;

/** In the order named. Throws BW1007 for a file that cannot be read or is no VEX: what it states was meant to count. */
export const statementsOf = (files: readonly string[]): readonly StatedVex[] =>
  files.flatMap((file) => {
    try {
      const path = resolve(file);
      if (statSync(path).size > BYTES) throw new Error('more than 64 MB');
      return statementsIn(readFileSync(path, 'utf8'));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
      throw new BreakwaterError('BW1007', `${file} cannot be read as VEX: ${why}`, 'Name an OpenVEX or CycloneDX document.', { cause });
    }
  });
