/** What to do about a finding: a sentence, and the command where Breakwater can make and prove the change itself. */
import type { Finding, Rule, Run } from '@breakwater/model';

/** Where one command would name more findings than this, it takes all. */
const MOST_IDS = 4;
const MOST_HINTS = 3;

/** The remedy if one was worked out, else the versions without the flaw, else the advice of the rule; empty when none is known. */
export const fixHint = (finding: Finding, rule: Rule | undefined): string => {
  const { remedy } = finding.properties;
  if (remedy !== undefined) return remedy.summary;
  const fixed = finding.vulnerability?.fixed ?? [];
  return fixed.length > 0 ? `fixed in ${fixed.join(' or ')}` : (rule?.help.fix ?? '');
};

/** Different hints of a group in its order, joined; the longest lists are cut with their number. */
export const fixHints = (findings: readonly Finding[], ruleOf: (id: string) => Rule | undefined): string => {
  const hints = [...new Set(findings.map((f) => fixHint(f, ruleOf(f.ruleId))))].filter((hint) => hint !== '');
  const more = hints.length - MOST_HINTS;
  return [...hints.slice(0, MOST_HINTS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
};

/** `breakwater fix 7c1fe0`; undefined when no finding has a change that can be tried. */
export const fixCommand = (findings: readonly Finding[], idOf: (finding: Finding) => string): string | undefined => {
  const fixable = findings.filter(canFix);
  if (fixable.length === 0) return undefined;
  return `breakwater fix ${fixable.length > MOST_IDS ? '--all' : fixable.map(idOf).join(' ')}`;
};

/** A worked-out patch; where nothing was worked out, a published version without the flaw is worth the try. */
export const canFix = ({ properties: { remedy }, vulnerability }: Finding): boolean =>
  remedy === undefined ? (vulnerability?.fixed ?? []).length > 0 : remedy.kind === 'patch';

export const ruleFinder = (run: Run): ((id: string) => Rule | undefined) => {
  const rules = new Map<string, Rule>(run.rules.map((rule) => [rule.id, rule]));
  return (id) => rules.get(id);
};
