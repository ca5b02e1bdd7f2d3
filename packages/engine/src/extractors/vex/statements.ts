/** What VEX documents state: those the user named first, then those that breakwater.yaml names. */
import type { StatedVex } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Reading } from '../reading.ts';
import { readVex } from './read.ts';

const BYTES = 64 << 20;

/** Of one document's text. Throws ManifestError. */
export const statementsIn = (text: string): readonly StatedVex[] => {
  const { vex } = readVex(text);
  return vex.statements.map((statement) => ({ ...statement, author: vex.author }));
};

const unreadable = (uri: string, why: string) =>
  ({
    code: 'BW3016',
    uri,
    message: `the VEX document ${uri} could not be read: ${why}`,
    hint: 'Name an OpenVEX or CycloneDX document below the scanned folder, or take it out of breakwater.yaml',
    incomplete: true,
  }) as const;

/** A document that is not there or not VEX is said (BW3016): its statements would have lowered findings, so nothing is missed. */
export const readStatements = async (reading: Reading): Promise<readonly StatedVex[]> => {
  const statements = [...reading.vex];
  for (const uri of reading.config.vex ?? []) {
    try {
      statements.push(...statementsIn(await reading.readText(uri, BYTES)));
    } catch (error) {
      if (!(error instanceof ManifestError) && !(error instanceof BreakwaterError)) throw error;
      reading.problem(unreadable(uri, error.message));
    }
  }
  return statements;
};
