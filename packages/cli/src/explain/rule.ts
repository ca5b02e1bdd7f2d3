/** `explain` of a rule: what it looks for, why, how to put it right, what peers call it. */
import type { Rule } from '@breakwater/model';
import { type Style, wrap } from '../terminal/style.ts';

export const explainRule = (rule: Rule, style: Style): readonly string[] => {
  const body = (text: string): readonly string[] => wrap(style.text(text), style.columns - 4).map((line) => `  ${line}`);
  const also = rule.aliases.length === 0 ? [] : ['', style.paint('bold', 'Also called'), ...body(rule.aliases.join(', '))];
  return [
    style.paint('bold', rule.name),
    `  ${style.paint('dim', `${rule.id} · severity ${rule.severity} · confidence ${rule.confidence} · ${rule.taxa.join(', ')}`)}`,
    '',
    style.paint('bold', 'Why it matters'),
    ...body(rule.help.why),
    '',
    style.paint('bold', 'Fix'),
    ...body(rule.help.fix),
    ...also,
    ...(rule.help.references.length === 0 ? [] : ['', ...rule.help.references.map((url) => `  ${style.paint('dim', url)}`)]),
  ];
};
