/** VEX documents that the user names on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LeftStatements } from '@breakwater/engine/extractors/vex/statements';
import { statedIn } from '@breakwater/engine/extractors/vex/statements';
import type { StatedVex } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';

const BYTES = 64 * 1024 * 1024;

/**
 * In the order named; `say` is told what of a file does not count. Throws BW1009 for a file that cannot be read or is no VEX:
 * what it states was meant to count.
 */
export const statementsOf = (files: readonly string[], say: (left: LeftStatements) => void): readonly StatedVex[] =>
  files.flatMap((file) => {
    try {
      const path = resolve(file);
      if (statSync(path).size > BYTES) throw new Error('it is larger than 64 MB');
      const { statements, left } = statedIn(readFileSync(path, 'utf8'), file);
      if (left !== undefined) say(left);
      return statements;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
      throw new BreakwaterError('BW1009', `${file} cannot be read as VEX: ${why}`, 'Name an OpenVEX or CycloneDX document.', { cause });
    }
  });
