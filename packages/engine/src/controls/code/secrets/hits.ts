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
/** Each name is compared with each secret of the text; in a file of more secrets (a dump, an attack) none is shown. */
const MOST_NAMED = 200;
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
  if (all.length > MOST_NAMED) return undefined;
  const reach = text.slice(Math.max(0, match.start - NAME_REACH), match.start);
  const before = reach.slice(reach.lastIndexOf('\n') + 1);
  const found = NAME.exec(before);
  if (found === null || before.charAt(found.index - 1) === '/') return undefined; // the user of an address is no name
  // The letter of an escape (`\\n`) is no part of it either.
  const name = (found[1] ?? '').slice(before.charAt(found.index - 1) === '\\' ? 1 : 0);
  const start = match.start - before.length + found.index;
  const free = all.every((other) => !name.includes(other.secret) && (other.end <= start || other.start >= start + name.length));
  return free && name !== '' ? name : undefined;
};

/** `NAME = redacted`, as every surface shows it. */
export const shown = (hit: Pick<SecretHit, 'name' | 'redacted'>): string =>
  hit.name === undefined ? hit.redacted : `${hit.name} = ${hit.redacted}`;

/** Two halves of one credential are one leak: the id goes into the locations of the secret and is no finding of its own. */
const withCompanions = (hits: readonly SecretHit[], matches: readonly Match[]): readonly SecretHit[] => {
  const ownersByLine = new Map(hits.map((hit) => [`${hit.rule.id}:${hit.region.startLine}`, hit]));
  const companions = new Map<SecretHit, Location[]>();
  const taken = new Set<SecretHit>();
  for (const [index, hit] of hits.entries()) {
    const whole = matches[index]?.rule.companionOf;
    const owner = whole === undefined ? undefined : nearest(whole, hit.region.startLine, ownersByLine);
    if (owner === undefined) continue;
    taken.add(hit);
    companions.set(owner, [...(companions.get(owner) ?? []), { uri: hit.uri, region: hit.region, message: shown(hit) }]);
  }
  return hits.filter((hit) => !taken.has(hit)).map((hit) => ({ ...hit, companions: companions.get(hit) ?? [] }));
};

const nearest = (rule: string, line: number, byLine: ReadonlyMap<string, SecretHit>): SecretHit | undefined => {
  for (let away = 0; away <= NEAR; away += 1) {
    const owner = byLine.get(`${rule}:${line + away}`) ?? byLine.get(`${rule}:${line - away}`);
    if (owner !== undefined) return owner;
  }
  return undefined;
};
