/** What one kind of credential is: how it is found, judged, shown redacted and proven by examples. */
import type { Confidence, Rule, Severity, StagedId } from '@breakwater/model';

/** Where a text stands: tests and docs lower what is a guess, lockfiles hold hashes that look like keys. */
export type PathKind = 'plain' | 'test' | 'docs' | 'lockfile';

/** A match before it is judged. Holds the secret: it never leaves this folder. */
export interface Candidate {
  readonly secret: string;
  readonly text: string;
  /** Offset of the secret in `text`, UTF-16 code units. */
  readonly start: number;
  /** Where the keyword was found: at or before `start`, except for patterns that look behind. */
  readonly keywordAt: number;
  readonly uri: string;
  readonly path: PathKind;
}

export interface Grade {
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Subject of the title: `A live Stripe key`. */
  readonly noun: string;
}

/**
 * Where to look. `keywords` are lower case and found in one pass; the pattern is tried only *at* a keyword (sticky), so that the cost does
 * not grow with rules × bytes. It must be bounded (no open quantifier), the secret is the last thing it consumes (group `secret`, else the
 * whole match), and what stands before the keyword is captured by a look-behind group `head`.
 */
export interface Anchor {
  readonly keywords: readonly string[];
  readonly pattern: RegExp;
}

export interface Example {
  readonly line: number;
  readonly text: string;
  readonly uri?: string;
}

export interface SecretRule {
  readonly rule: Rule;
  readonly noun: string;
  readonly anchors: readonly Anchor[];
  /** The public start of the secret that the redacted form keeps; the rest is what placeholders and entropy are measured on. */
  readonly prefix: RegExp | undefined;
  /** Show the last four characters of secrets of 16 or more. */
  readonly tail: boolean;
  /** Bits for each character of the body. 0 = not measured. */
  readonly minEntropy: number;
  /** Placeholders are the judge's business: for long secrets in which letters repeat by nature. */
  readonly judgesItself: boolean;
  /** `undefined` = not a secret. */
  readonly judge: ((candidate: Candidate) => Partial<Grade> | undefined) | undefined;
  /** Grade in tests and docs, for rules that guess and for kinds that tests make for themselves. */
  readonly inTests: Partial<Grade> | undefined;
  /** Brings different spellings of the same secret together before it is fingerprinted. */
  readonly normalise: ((secret: string) => string) | undefined;
  /** This rule's hits beside a hit of that rule are shown as a part of it. */
  readonly companionOf: StagedId | undefined;
  /** A specific format: `redact` hides it even when it looks like an example. */
  readonly specific: boolean;
  readonly examples: {
    readonly fails: readonly Example[];
    readonly passes: readonly (string | { readonly text: string; readonly uri: string })[];
  };
}

export interface SecretRuleDefinition {
  readonly id: `code/${string}`;
  readonly name: string;
  readonly noun: string;
  readonly why: string;
  /** The rotation step, an imperative that ends with a full stop. */
  readonly rotate: string;
  readonly references: readonly string[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly taxa?: readonly string[];
  readonly aliases?: readonly string[];
  readonly anchors: readonly Anchor[];
  readonly prefix?: RegExp;
  readonly tail?: boolean;
  readonly minEntropy?: number;
  readonly judgesItself?: boolean;
  readonly judge?: (candidate: Candidate) => Partial<Grade> | undefined;
  readonly inTests?: Partial<Grade>;
  readonly normalise?: (secret: string) => string;
  readonly companionOf?: StagedId;
  readonly specific?: boolean;
  readonly examples: SecretRule['examples'];
}

const REMOVE = 'Then read it from the environment or a secret store, and remove it from the file and from the history.';
/** CWE-798 hard-coded credentials; ASVS 5.0 V13.3.1 secrets are kept out of source and build artifacts. */
const TAXA: readonly string[] = ['CWE-798', 'ASVS-13.3.1'];

export const secretRule = (d: SecretRuleDefinition): SecretRule => ({
  rule: {
    id: d.id,
    name: d.name,
    help: { why: d.why, fix: `${d.rotate} ${REMOVE}`, references: d.references },
    severity: d.severity,
    confidence: d.confidence,
    taxa: d.taxa ?? TAXA,
    aliases: d.aliases ?? [],
  },
  noun: d.noun,
  anchors: d.anchors.map(({ keywords, pattern }) => ({ keywords, pattern: sticky(pattern) })),
  prefix: d.prefix,
  tail: d.tail ?? true,
  minEntropy: d.minEntropy ?? 0,
  judgesItself: d.judgesItself ?? false,
  judge: d.judge,
  inTests: d.inTests,
  normalise: d.normalise,
  companionOf: d.companionOf,
  specific: d.specific ?? true,
  examples: d.examples,
});

const sticky = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}y`);

/** The part of the secret behind its public prefix. */
export const bodyOf = (rule: Pick<SecretRule, 'prefix'>, secret: string): string =>
  rule.prefix === undefined ? secret : secret.replace(rule.prefix, '');
