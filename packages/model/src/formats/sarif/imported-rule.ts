/** What any tool's rule and result say of severity, confidence and weakness, in Breakwater's words. */
import type { Confidence, Severity } from '../../severity.ts';
import { CONFIDENCES, SEVERITIES } from '../../severity.ts';
import type { InMessage, InResult, InRule, InRun } from './schema.ts';
import { severityOfScore } from './words.ts';

/** By component and index where the result gives them, else by id, which may name a sub-rule below a rule (`a/b/c` of `a/b`, §3.27.5). */
export const ruleFor = (run: InRun, result: InResult): InRule | undefined => {
  const { driver, extensions } = run.tool;
  const id = result.ruleId ?? result.rule?.id;
  const extension = result.rule?.toolComponent?.index;
  const component = typeof extension === 'number' && extension >= 0 ? extensions?.[extension] : driver;
  const indexed = component?.rules?.[result.ruleIndex ?? result.rule?.index ?? -1];
  if (indexed && (!id || id === indexed.id || id.startsWith(`${indexed.id}/`))) return indexed;
  const all = [driver, ...(extensions ?? [])].flatMap((each) => each.rules ?? []);
  return all.find((rule) => rule.id === id) ?? all.find((rule) => id?.startsWith(`${rule.id}/`));
};

/** Our own word, then a stated score, then the level; without any of them SARIF says `warning`. */
export const severityFor = (result: InResult, rule: InRule | undefined): Severity => {
  const own = SEVERITIES.find((severity) => severity === result.properties?.['severity']);
  const score = scoreIn(result.properties) ?? scoreIn(rule?.properties);
  return own ?? score ?? LEVELS[result.level ?? rule?.defaultConfiguration?.level ?? 'warning'];
};

const LEVELS: Readonly<Record<'none' | 'note' | 'warning' | 'error', Severity>> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
  none: 'info',
};

const scoreIn = (properties: InResult['properties']): Severity | undefined => {
  const stated = properties?.['security-severity'];
  if (typeof stated !== 'string' && typeof stated !== 'number') return undefined;
  return stated === '' ? undefined : severityOfScore(Number(stated));
};

export const confidenceFor = (result: InResult, rule: InRule | undefined): Confidence => {
  const stated = result.properties?.['confidence'] ?? rule?.properties?.['confidence'] ?? rule?.properties?.['precision'];
  if (typeof stated !== 'string') return 'medium';
  const word = stated.toLowerCase();
  return word === 'very-high' ? 'high' : (CONFIDENCES.find((confidence) => confidence === word) ?? 'medium');
};

/** `CWE-79`, each once: from tags in the ways that tools spell them, and from references to a taxonomy called CWE. */
export const weaknessesFor = (result: InResult, rule: InRule | undefined): readonly string[] => {
  const tags = [rule?.properties?.['tags'], rule?.properties?.['taxa'], result.properties?.['tags']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const tagged = tags.flatMap((tag) => (typeof tag === 'string' ? (/(?:^|\/)cwe-(\d{1,6})(?!\d)/i.exec(tag)?.[1] ?? []) : []));
  const references = [...(rule?.relationships ?? []).map((relation) => relation.target), ...(result.taxa ?? [])];
  const referred = references.flatMap((target) =>
    target.toolComponent?.name?.toUpperCase() === 'CWE' ? (/^(?:CWE-)?(\d{1,6})$/i.exec(target.id ?? '')?.[1] ?? []) : [],
  );
  return [...new Set([...tagged, ...referred].map((number) => `CWE-${Number(number)}`))];
};

/** The text of the result with its arguments put in; where it only names a string of the rule, that one. */
export const textFor = (message: InMessage, rule: InRule | undefined): string => {
  const named = message.id ? rule?.messageStrings?.[message.id] : undefined;
  const text = message.text ?? named?.text ?? message.markdown ?? rule?.shortDescription?.text ?? rule?.name ?? rule?.id ?? '';
  const values = message.arguments ?? [];
  return values.length === 0 ? text : text.replace(/\{(\d{1,3})\}/g, (placeholder, number) => values[Number(number)] ?? placeholder);
};
