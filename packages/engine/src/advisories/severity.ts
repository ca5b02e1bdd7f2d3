/** How bad a record says its flaw is: the reviewed word first, then the CVSS score, else our default, marked as such. */
import type { OsvRecord } from '@breakwater/model/formats/osv';
import type { AdvisoryFacts } from '../extractors/facts.ts';
import { baseScoreV3 } from './cvss.ts';

const WORDS: ReadonlyMap<string, AdvisoryFacts['severity']> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['IMPORTANT', 'high'],
  ['MODERATE', 'medium'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['MINOR', 'low'],
  ['NEGLIGIBLE', 'low'],
  ['UNIMPORTANT', 'low'],
]);

/** CVSS 3.1, section 5; 0 ("none") is still a record of a flaw, so `low`. */
const ofScore = (score: number): AdvisoryFacts['severity'] =>
  score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';

export interface StatedSeverity {
  readonly severity: AdvisoryFacts['severity'];
  readonly severityStated: boolean;
  readonly cvss?: string;
}

/**
 * Where word and vector disagree the word wins: in GitHub's data a person has reviewed it, the vector is often copied.
 * A CVSS 4 vector is kept but not scored (its score is a table of 270 rows); CVSS 2 is neither. Default: medium, `severityStated` false.
 */
export const severityOf = (record: OsvRecord): StatedSeverity => {
  const vectors = record.severity ?? [];
  const v3 = vectors.find((s) => baseScoreV3(s.score) !== undefined)?.score;
  const cvss = v3 ?? vectors.find((s) => s.score.startsWith('CVSS:4'))?.score;
  const word = WORDS.get((record.database_specific?.severity ?? '').toUpperCase());
  const score = v3 === undefined ? undefined : baseScoreV3(v3);
  const severity = word ?? (score === undefined ? undefined : ofScore(score));
  return { severity: severity ?? 'medium', severityStated: severity !== undefined, ...(cvss === undefined ? {} : { cvss }) };
};
