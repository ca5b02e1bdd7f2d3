/** The rules under which a stale exception is itself a finding. */
import type { Rule } from '@breakwater/model';

const rule = (id: Rule['id'], name: string, why: string, fix: string): Rule => ({
  id,
  name,
  help: { why, fix, references: [] },
  severity: 'low',
  confidence: 'high',
  taxa: ['SSDF-RV.2'],
  aliases: [],
});

export const EXPIRED = rule(
  'feedback/exception-expired',
  'An exception has expired',
  'The risk was accepted until a day that has passed; the finding counts again.',
  'Fix the finding, or renew the exception with a new reason and day.',
);
export const UNUSED = rule(
  'feedback/exception-unused',
  'An exception covers nothing',
  'An exception without a finding hides the next one that happens to fit it.',
  'Delete the entry from breakwater.yaml.',
);
export const EXCEPTION_RULES: readonly Rule[] = [EXPIRED, UNUSED];
