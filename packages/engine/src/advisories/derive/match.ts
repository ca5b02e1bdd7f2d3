/** Which function of one release is which of another: by place and body, by body, by name, by likeness; the rest came or went. */
import { similarity } from './delta.ts';
import type { FunctionPiece, Text } from './shape.ts';

export interface Located extends FunctionPiece {
  readonly file: string;
}

export interface Matched {
  /** Different bodies under one name, or much alike. */
  readonly changed: readonly (readonly [before: Located, after: Located])[];
  readonly removed: readonly Located[];
}

/** Names that count something, and so shift when another is put before them. */
const WEAK = /(?:\(\)|>return|^return|anonymous|\[\]|<wrapper>)(?:~\d+)?$|~\d+$/;
export const isWeak = (name: string): boolean => WEAK.test(name);

const ALIKE = 0.6;
const MAX_PAIRS = 40_000;

export const matchFunctions = (before: readonly Located[], after: readonly Located[]): Matched => {
  const matcher = new Matcher(before, after);
  return matcher.run();
};

const placeOf = ({ file, fn }: Located): string => `${file}\n${fn.name}`;
const isSame = (one: Text, two: Text): boolean => one.named === two.named || one.counted === two.counted;

class Matcher {
  readonly #before: Set<Located>;
  readonly #after: Set<Located>;
  readonly #places: ReadonlyMap<string, Located>;
  readonly #changed: (readonly [Located, Located])[] = [];

  constructor(before: readonly Located[], after: readonly Located[]) {
    this.#before = new Set(before);
    this.#after = new Set(after);
    this.#places = new Map(after.map((item) => [placeOf(item), item]));
  }

  run(): Matched {
    this.#samePlace();
    for (const textOf of [(item: Located) => item.named, (item: Located) => item.counted]) {
      this.#sameBody((item) => `${item.file}\n${textOf(item)}`);
      this.#sameBody(textOf);
    }
    this.#byKey(placeOf, (item) => placeOf(item));
    this.#byKey(placeOf, asConstructor);
    this.#byKey(asConstructor, placeOf);
    this.#byName();
    this.#alike();
    return { changed: this.#changed, removed: [...this.#before] };
  }

  #take(before: Located, after: Located, changed: boolean): void {
    this.#before.delete(before);
    this.#after.delete(after);
    if (changed) this.#changed.push([before, after]);
  }

  #samePlace(): void {
    for (const item of [...this.#before]) {
      const there = this.#places.get(placeOf(item));
      if (there !== undefined && isSame(item, there)) this.#take(item, there, false);
    }
  }

  /**
   * Moved, renamed or renumbered. A function whose name is still there has changed even when its old body lives on under another name:
   * `merge` may now check and then call `_merge`.
   */
  #sameBody(keyOf: (item: Located) => string): void {
    const byBody = new Map<string, Located[]>();
    for (const item of [...this.#after].reverse()) {
      const list = byBody.get(keyOf(item)) ?? [];
      list.push(item);
      byBody.set(keyOf(item), list);
    }
    for (const item of [...this.#before]) {
      if (!isWeak(item.fn.name) && this.#places.has(placeOf(item))) continue;
      const there = byBody.get(keyOf(item))?.pop();
      if (there !== undefined) this.#take(item, there, false);
    }
  }

  #byKey(keyBefore: (item: Located) => string, keyAfter: (item: Located) => string): void {
    const byKey = new Map([...this.#after].map((item) => [keyAfter(item), item]));
    for (const item of [...this.#before]) {
      const there = byKey.get(keyBefore(item));
      if (there !== undefined && this.#after.has(there)) this.#take(item, there, !isSame(item, there));
    }
  }

  /** In another file, when there is one of that name only. */
  #byName(): void {
    const [old, now] = [countByName(this.#before), countByName(this.#after)];
    const byName = new Map([...this.#after].map((item) => [item.fn.name, item]));
    for (const item of [...this.#before]) {
      const { name } = item.fn;
      const there = byName.get(name);
      if (there === undefined || isWeak(name) || old.get(name) !== 1 || now.get(name) !== 1) continue;
      this.#take(item, there, !isSame(item, there));
    }
  }

  /** Renamed and changed at once. */
  #alike(): void {
    if (this.#before.size * this.#after.size > MAX_PAIRS * 100) return;
    const pairs = [...this.#before].flatMap((item) =>
      [...this.#after].filter((one) => one.file === item.file).map((one) => [item, one] as const),
    );
    if (pairs.length > MAX_PAIRS) return;
    const scored = pairs.map(([one, two]) => ({ one, two, score: similarity(one, two) })).filter(({ score }) => score >= ALIKE);
    for (const { one, two } of scored.sort((a, b) => b.score - a.score)) {
      if (this.#before.has(one) && this.#after.has(two)) this.#take(one, two, !isSame(one, two));
    }
  }
}

/** A constructor function that became a class, or the other way round. */
const asConstructor = (item: Located): string => `${placeOf(item)}.constructor`;

const countByName = (items: Iterable<Located>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { fn } of items) counts.set(fn.name, (counts.get(fn.name) ?? 0) + 1);
  return counts;
};
