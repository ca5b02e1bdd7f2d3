/** One text in, its secrets out, each with place, name and redacted form; the secret itself stays behind. */
import type { Location, Region, Rule } from '@breakwater/model';
import { type Allowance, rulingAt } from './allow.ts';
import { secretKey } from './identity.ts';
import { type Lines, linesOf } from './lines.ts';
import { type Match, matchesIn, withoutOverlaps } from './matches.ts';
import { redacted } from './redacted.ts';
import type { Grade } from './secret-rule.ts';

/** A secret at one place. Nothing in it gives the secret away. */
export interface SecretHit extends Grade {
  readonly rule: Rule;
  readonly uri: string;
  readonly region: Region;
  /** Name it is given there, where one stands before it: `STRIPE_SECRET_KEY`. */
  readonly name?: string;
  readonly redacted: string;
  /** HMAC of the secret, 64 hex digits: the same wherever the secret stands. */
  readonly key: string;
  /** What belongs to it: the key id beside an AWS secret. */
  readonly companions: readonly Location[];
  readonly allowed?: Allowance;
  /** An allow comment that gives no reason: it allows nothing. */
  readonly reasonMissing: boolean;
}

/** How many lines apart the halves of one credential stand at most. */
const NEAR = 12;
/** Characters before a secret in which its name is looked for. */
const NAME_REACH = 100;
const NAME =
  /([A-Za-z_][\w.-]{0,63})(?:["'\])\\]{1,4}[ \t]{0,12},|["'\])\\]{0,4}[ \t]{0,12}(?:=>|:=|\?\?|\|\||[:=>]))[ \t]{0,12}(?:[A-Za-z]{1,10}[ \t])?[\\"'`([]{0,3}(?:[a-z+]{2,12}:\/\/[^\s"'`]{0,40})?$/;

/** Every secret in a text, by place. `uri` is relative to the root; it also says whether the text is a test, a document or a lockfile. */
export const scanText = (uri: string, text: string): readonly SecretHit[] => {
  const matches = withoutOverlaps(matchesIn(uri, text, 'report'));
  if (matches.length === 0) return [];
  const lines = linesOf(text);
  const hits = matches.map((match) => hitOf(match, uri, text, lines, matches));
  return withCompanions(hits, matches);
};

const hitOf = (match: Match, uri: string, text: string, lines: Lines, all: readonly Match[]): SecretHit => {
  const name = nameBefore(match, text, all);
  const { by, reasonMissing } = rulingAt(match.rule.rule, lines, lines.indexOf(match.start), match.start);
  return {
    ...match.grade,
    rule: match.rule.rule,
    uri,
    region: lines.region(match.start, match.end),
    ...(name === undefined ? {} : { name }),
    redacted: redacted(match.rule, match.secret),
    key: secretKey(match.rule.normalise?.(match.secret) ?? match.secret),
    companions: [],
    ...(by === undefined ? {} : { allowed: by }),
    reasonMissing,
  };
};

/** A name that overlaps or repeats a secret is no name that can be shown. */
const nameBefore = (match: Match, text: string, all: readonly Match[]): string | undefined => {
  const from = Math.max(0, match.start - NAME_REACH, text.lastIndexOf('\n', match.start - 1) + 1);
  const before = text.slice(from, match.start);
  const found = NAME.exec(before);
  if (found === null || before.charAt(found.index - 1) === '/') return undefined; // the user of an address is no name
  // The letter of an escape (`\\n`) is no part of it either.
  const name = (found[1] ?? '').slice(before.charAt(found.index - 1) === '\\' ? 1 : 0);
  const start = from + found.index;
  const free = all.every((other) => !name.includes(other.secret) && (other.end <= start || other.start >= start + name.length));
  return free && name !== '' ? name : undefined;
};

/** `NAME = redacted`, as every surface shows it. */
export const shown = (hit: Pick<SecretHit, 'name' | 'redacted'>): string =>
  hit.name === undefined ? hit.redacted : `${hit.name} = ${hit.redacted}`;

/** Two halves of one credential are one leak: the id goes into the locations of the secret and is no finding of its own. */
const withCompanions = (hits: readonly SecretHit[], matches: readonly Match[]): readonly SecretHit[] => {
  const taken = new Map<SecretHit, Location[]>();
  for (const [index, hit] of hits.entries()) {
    const wholeId = matches[index]?.rule.companionOf;
    const owner =
      wholeId === undefined
        ? undefined
        : nearest(
            hit,
            hits.filter((h) => h.rule.id === wholeId),
          );
    if (owner !== undefined) taken.set(owner, [...(taken.get(owner) ?? []), { uri: hit.uri, region: hit.region, message: shown(hit) }]);
  }
  const isTaken = (hit: SecretHit): boolean => [...taken.values()].some((list) => list.some((l) => l.region === hit.region));
  return hits.filter((hit) => !isTaken(hit)).map((hit) => ({ ...hit, companions: taken.get(hit) ?? [] }));
};

const nearest = (hit: SecretHit, owners: readonly SecretHit[]): SecretHit | undefined => {
  const distance = (other: SecretHit): number => Math.abs(other.region.startLine - hit.region.startLine);
  return owners.filter((o) => distance(o) <= NEAR).toSorted((a, b) => distance(a) - distance(b))[0];
};
