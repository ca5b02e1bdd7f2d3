/** What to do by hand for findings that are not fixed by an edit: secrets, infrastructure, code. */
import type { Finding, Rule } from '@breakwater/model';
import type { Advice } from './remedy.ts';

/** A secret is never taken out silently: it stays in the history and stays valid until its issuer revokes it. */
const ROTATE =
  'Rotate it where it was issued first, then take it out of the file and read it from the environment; the history keeps the old one';

export const adviceFor = (finding: Finding, rules: readonly Rule[]): Advice => {
  const fix = rules.find((rule) => rule.id === finding.ruleId)?.help.fix;
  const [at] = finding.locations;
  const place = at.region === undefined ? at.uri : `${at.uri}:${at.region.startLine}`;
  const secret = finding.ruleId.includes('secret');
  return {
    kind: 'suggest-only',
    findings: [finding.fingerprint],
    strategy: 'by-hand',
    confidence: 0,
    summary: `${finding.message} (${place})`,
    advice:
      [secret ? ROTATE : undefined, fix].filter((part) => part !== undefined).join('. ') ||
      'No fix is known for this rule; change the code by hand',
  };
};
