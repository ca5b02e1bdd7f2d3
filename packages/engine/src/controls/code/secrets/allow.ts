/** Comments that allow a find: `breakwater:allow <rule> <reason>`, and gitleaks' own mark, honoured where it stands. */
import type { Rule } from '@breakwater/model';
import type { Lines } from './lines.ts';

export type Allowance = 'breakwater:allow' | 'gitleaks:allow';

export interface Ruling {
  readonly by: Allowance | undefined;
  /** A mark for this rule that gives no reason and therefore allows nothing. */
  readonly reasonMissing: boolean;
}

const MARK = /breakwater:allow[ \t]+([\w/*-]{1,80})(?:[ \t]+([^\r\n]{0,300}))?/;
/** A line that is nothing but a comment speaks for the next one: JSON apart, that is where comments can stand beside long values. */
const COMMENT_ONLY = /^\s*(?:#|\/\/|\/\*|\*|--|<!--|;|%|')/;
const CLOSING = /(?:\*\/|-->|%>|\}\}|"?\s*[,;])\s*$/;
const REACH = 2048;

/** `line` is the 0-based line on which the secret begins. */
export const rulingAt = (rule: Rule, lines: Lines, line: number, start: number): Ruling => {
  const own = lines.text(line, start, REACH);
  if (own.includes('gitleaks:allow')) return { by: 'gitleaks:allow', reasonMissing: false };
  const above = line === 0 ? '' : lines.text(line - 1, start, REACH);
  for (const text of COMMENT_ONLY.test(above) ? [own, above] : [own]) {
    const ruling = markIn(text, rule);
    if (ruling !== undefined) return ruling;
  }
  return { by: undefined, reasonMissing: false };
};

const markIn = (text: string, rule: Rule): Ruling | undefined => {
  const [, named, reason = ''] = MARK.exec(text) ?? [];
  if (named === undefined || !names(rule).includes(named)) return undefined;
  const given = /[\p{L}\p{N}]{3}/u.test(reason.replace(CLOSING, ''));
  return { by: given ? 'breakwater:allow' : undefined, reasonMissing: !given };
};

const names = (rule: Rule): readonly string[] => [rule.id, rule.id.slice('code/'.length), ...rule.aliases];
