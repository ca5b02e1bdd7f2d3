/** What VEX documents state: those the user named first, then those that breakwater.yaml names. */
import type { StatedVex } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import type { VexReading } from '@breakwater/model/formats/openvex';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Reading } from '../reading.ts';
import { readVex } from './read.ts';

const BYTES = 64 << 20;

/** What of a document counts for nothing, in a sentence, and what to do. */
export interface LeftStatements {
  readonly message: string;
  readonly hint: string;
}

const SHOWN = 3;
const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);

const leftOf = (uri: string, left: VexReading['left']): LeftStatements | undefined => {
  if (left.length === 0) return undefined;
  const named = left.slice(0, SHOWN).map(({ name, why }) => `${shown(name)} ${shown(why)}`);
  const more = left.length > SHOWN ? `; and ${left.length - SHOWN} more` : '';
  return {
    message: `${left.length === 1 ? 'A statement' : `${left.length} statements`} of ${uri} ${left.length === 1 ? 'counts' : 'count'} for nothing: ${named.join('; ')}${more}`,
    hint: 'State the flaw, its status, and each product by its package URL: pkg:npm/name@1.0.0',
  };
};

/** Of one document's text; `uri` names it in what is said. Throws ManifestError. */
export const statedIn = (
  text: string,
  uri: string,
): { readonly statements: readonly StatedVex[]; readonly left: LeftStatements | undefined } => {
  const { vex, left } = readVex(text);
  return { statements: vex.statements.map((statement) => ({ ...statement, author: vex.author })), left: leftOf(uri, left) };
};

const unreadable = (uri: string, why: string) =>
  ({
    code: 'BW3016',
    uri,
    message: `the VEX document ${uri} could not be read: ${why}`,
    hint: 'Name an OpenVEX or CycloneDX document below the scanned folder, or take it out of breakwater.yaml',
    incomplete: true,
  }) as const;

/**
 * Said as BW3016: a document that is not there or not VEX, so that the run is incomplete, and statements that count for nothing,
 * which is only worth knowing: they would have lowered findings.
 */
export const readStatements = async (reading: Reading): Promise<readonly StatedVex[]> => {
  const statements = [...reading.vex];
  for (const uri of reading.config.vex ?? []) {
    try {
      const stated = statedIn(await reading.readText(uri, BYTES), uri);
      statements.push(...stated.statements);
      if (stated.left !== undefined) reading.problem({ code: 'BW3016', uri, ...stated.left, incomplete: false });
    } catch (error) {
      if (!(error instanceof ManifestError) && !(error instanceof BreakwaterError)) throw error;
      reading.problem(unreadable(uri, error.message));
    }
  }
  return statements;
};
