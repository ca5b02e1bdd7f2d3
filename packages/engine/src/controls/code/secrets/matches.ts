/** Finds secrets in one text: one pass for the keywords, then each rule's pattern at its own keywords, then the judges. Holds the secrets. */
import { CONFIDENCES, severityRank } from '@breakwater/model';
import { isDocumented } from './documented.ts';
import { entropy } from './entropy.ts';
import { keywordIndex } from './keywords.ts';
import { pathKind } from './path-kind.ts';
import { isPlaceholder } from './placeholders.ts';
import { DOTS } from './redacted.ts';
import { SECRET_RULES } from './rules/index.ts';
import { type Anchor, bodyOf, type Candidate, type Grade, type SecretRule } from './secret-rule.ts';

export interface Match {
  readonly rule: SecretRule;
  readonly secret: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly grade: Grade;
  /** Order of its rule in the catalogue. */
  readonly rank: number;
}

/** report: what a person should act on. hide: whatever has the form, examples too; better one too many than one shown. */
export type Purpose = 'report' | 'hide';

interface Probe {
  readonly rule: SecretRule;
  readonly anchor: Anchor;
  readonly rank: number;
}

const probesByKeyword = new Map<string, Probe[]>();
for (const [rank, rule] of SECRET_RULES.entries())
  for (const anchor of rule.anchors)
    for (const keyword of anchor.keywords) {
      const probes = probesByKeyword.get(keyword) ?? [];
      probes.push({ rule, anchor, rank });
      probesByKeyword.set(keyword, probes);
    }
const KEYWORDS = keywordIndex([...probesByKeyword.keys()]);
const PROBES: readonly (readonly Probe[])[] = [...probesByKeyword.values()];

/** Sorted by place; may overlap. Linear in the text: every pattern is bounded and tried only at its keywords. */
export const matchesIn = (uri: string, text: string, purpose: Purpose): readonly Match[] => {
  const found: Match[] = [];
  const path = pathKind(uri);
  KEYWORDS.scan(text, (keyword, keywordAt) => {
    for (const probe of PROBES[keyword] ?? []) {
      const span = spanAt(probe.anchor.pattern, text, keywordAt);
      if (span === undefined) continue;
      const candidate = { ...span, text, uri, path, keywordAt };
      const grade = graded(probe.rule, candidate, purpose);
      if (grade === undefined) continue;
      const { secret, start } = span;
      found.push({ rule: probe.rule, rank: probe.rank, secret, start, end: start + secret.length, grade });
    }
  });
  return found.sort((a, b) => a.start - b.start || a.rank - b.rank || b.end - a.end);
};

const spanAt = (pattern: RegExp, text: string, keywordAt: number): { readonly secret: string; readonly start: number } | undefined => {
  pattern.lastIndex = keywordAt;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const { secret: inside, head } = match.groups ?? {};
  const secret = inside ?? (head ?? '') + match[0];
  if (secret.includes(DOTS)) return undefined; // redacted before
  const start = pattern.lastIndex - secret.length;
  // Patterns that name the secret or look behind know what may stand before it.
  return inside !== undefined || head !== undefined || startsFresh(text, start) ? { secret, start } : undefined;
};

/** A token that begins in the middle of a longer word is a part of something else; after an escape (`\n`, `%3D`) it is not. */
const startsFresh = (text: string, start: number): boolean => {
  if (!/[A-Za-z0-9_]/.test(text.charAt(start - 1))) return true;
  return /(?:\\[nrt]|%[0-9A-Fa-f]{2}|\\u00[0-9A-Fa-f]{2})$/.test(text.slice(Math.max(0, start - 6), start));
};

const graded = (rule: SecretRule, candidate: Candidate, purpose: Purpose): Grade | undefined => {
  const whole: Grade = { severity: rule.rule.severity, confidence: rule.rule.confidence, noun: rule.noun };
  if (purpose === 'hide' && rule.specific) return whole;
  // The judges look at little and turn most away; what follows reads the whole secret again and again.
  const judged = rule.judge === undefined ? {} : rule.judge(candidate);
  if (judged === undefined) return undefined;
  const body = bodyOf(rule, candidate.secret);
  if ((!rule.judgesItself && isPlaceholder(body)) || entropy(body) < rule.minEntropy || isDocumented(candidate.secret)) return undefined;
  const found = { ...whole, ...judged };
  const inTests = candidate.path === 'test' || candidate.path === 'docs' ? rule.inTests : undefined;
  return inTests === undefined ? found : eased(found, inTests);
};

/** A test or a document never makes it worse. */
const eased = (grade: Grade, inTests: Partial<Grade>): Grade => {
  const { severity = grade.severity, confidence = grade.confidence } = inTests;
  return {
    noun: grade.noun,
    severity: severityRank(severity) > severityRank(grade.severity) ? severity : grade.severity,
    confidence: CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(grade.confidence) ? confidence : grade.confidence,
  };
};

/** Of matches that overlap the one of the earlier rule stays: the specific formats stand before the general ones. `matches` as sorted above. */
export const withoutOverlaps = (matches: readonly Match[]): readonly Match[] => {
  const kept: Match[] = [];
  for (const match of matches) {
    const last = kept.at(-1);
    if (last !== undefined && match.start < last.end) {
      if (match.rank >= last.rank) continue;
      kept.pop();
    }
    kept.push(match);
  }
  return kept;
};
