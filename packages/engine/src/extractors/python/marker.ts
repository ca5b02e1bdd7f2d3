/** Environment markers (PEP 508), read only for what decides a scope: extras and dependency groups. Everything else may hold. */

/** What is switched on; a platform or a version of Python is never known and always counts as met. */
export interface Switches {
  readonly extras: ReadonlySet<string> | 'all';
  readonly groups: ReadonlySet<string> | 'all';
}

const TOKEN = /\s+|[()]|'[^']*'|"[^"]*"|[A-Za-z_][A-Za-z0-9_.]*|[<>=!~]+/y;
const DEPTH = 64;
const LONGEST = 20_000;

/** Tokens without space; `undefined` when there is something that no marker holds. */
const tokensOf = (marker: string): readonly string[] | undefined => {
  const tokens: string[] = [];
  if (marker.length > LONGEST) return undefined;
  for (let at = 0; at < marker.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(marker)?.[0];
    if (token === undefined) return undefined;
    if (token.trim() !== '') tokens.push(token);
    at += token.length;
  }
  return tokens;
};

const SWITCHES: Readonly<Record<string, keyof Switches>> = { extra: 'extras', extras: 'extras', dependency_groups: 'groups' };

const switchOf = (token: string | undefined): keyof Switches | undefined =>
  token !== undefined && Object.hasOwn(SWITCHES, token) ? SWITCHES[token] : undefined;

const isQuoted = (token: string | undefined): token is string => token !== undefined && /^["']/.test(token);

const NONE: Switches = { extras: new Set(), groups: new Set() };

class Evaluation {
  readonly #tokens: readonly string[];
  readonly #on: Switches;
  /** Every extra or group that the marker speaks of. */
  readonly named = { extras: new Set<string>(), groups: new Set<string>() };
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], on: Switches) {
    this.#tokens = tokens;
    this.#on = on;
  }

  /** `a and b or c`; no term is left out, so that every name is seen. */
  any(): boolean {
    let holds = this.#every();
    while (this.#take('or')) holds = this.#every() || holds;
    return holds;
  }

  #every(): boolean {
    let holds = this.#one();
    while (this.#take('and')) holds = this.#one() && holds;
    return holds;
  }

  #one(): boolean {
    if (this.#depth >= DEPTH || !this.#take('(')) return this.#comparison();
    this.#depth += 1;
    const holds = this.any();
    this.#depth -= 1;
    this.#take(')');
    return holds;
  }

  #comparison(): boolean {
    const left = this.#next();
    const operator = this.#operator();
    const right = this.#next();
    const name = isQuoted(left) ? left : right;
    const kind = switchOf(isQuoted(left) ? right : left);
    if (kind === undefined || !isQuoted(name)) return true;
    const value = name
      .slice(1, -1)
      .replace(/[-_.]+/g, '-')
      .toLowerCase();
    this.named[kind].add(value);
    const on = this.#on[kind];
    return ((on === 'all' || on.has(value)) === !operator.startsWith('not')) === (operator !== '!=');
  }

  #operator(): string {
    if (this.#take('not')) return `not ${this.#next() ?? ''}`;
    return this.#next() ?? '';
  }

  #next(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token !== '(' && token !== ')') this.#at += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

/** A marker that cannot be read holds: what it guards is then counted, not left out. */
export const holds = (marker: string | undefined, on: Switches): boolean => {
  const tokens = tokensOf(marker ?? '');
  return tokens === undefined || tokens.length === 0 || new Evaluation(tokens, on).any();
};

/** Normalised names of the extras without which the marker does not hold; empty = it holds without any. */
export const extrasOf = (marker: string | undefined): readonly string[] => {
  if (marker === undefined || !marker.includes('extra')) return [];
  const tokens = tokensOf(marker) ?? [];
  const evaluation = new Evaluation(tokens, NONE);
  if (tokens.length === 0 || evaluation.any()) return [];
  return [...evaluation.named.extras].filter((extra) => holds(marker, { extras: new Set([extra]), groups: 'all' }));
};
