/** What derived functions say in both releases, so that a person can judge the derivation; asks the registry for the two tarballs. */
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import type { DerivedFunction, DerivedFunctions } from '../../extractors/facts.ts';
import { compareReleases, type Span } from './compare.ts';
import type { Published, Registry } from './registry.ts';
import type { Release } from './scope.ts';

export interface FunctionText {
  /** 1-based line of its first character. */
  readonly line: number;
  readonly text: string;
}

export interface FunctionTexts {
  readonly derived: DerivedFunction;
  readonly pair: DerivedFunctions['pair'];
  readonly before: FunctionText;
  /** Absent when the function was removed. */
  readonly after?: FunctionText;
  /** reader: the value that changed. */
  readonly reads?: string;
}

/** In the order of `derived.functions`; one that the releases do not show is left out. The error is one clause. */
export const functionTexts = async (
  registry: Registry,
  name: string,
  derived: DerivedFunctions,
): Promise<Result<readonly FunctionTexts[], string>> => {
  const published = await registry.versionsOf(name);
  if (!published.ok) return err(published.error.why);
  const found = new Map<string, FunctionTexts>();
  for (const pair of [derived.pair, ...(derived.others ?? [])]) {
    const [before, after] = [
      await release(registry, name, published.value, pair.vulnerable),
      await release(registry, name, published.value, pair.fixed),
    ];
    if (!before.ok) return before;
    if (!after.ok) return after;
    for (const text of textsOf(derived, pair, before.value, after.value)) {
      const key = keyOf(text.derived);
      if (!found.has(key)) found.set(key, text);
    }
  }
  return ok(derived.functions.flatMap((item) => found.get(keyOf(item)) ?? []));
};

const keyOf = ({ file, name }: Pick<DerivedFunction, 'file' | 'name'>): string => `${file}\n${name}`;

const release = async (registry: Registry, name: string, all: readonly Published[], version: string): Promise<Result<Release, string>> => {
  const published = all.find((item) => item.version === version);
  const result = published === undefined ? undefined : await registry.releaseOf(name, published);
  if (result === undefined) return err(`the registry does not have ${name} ${version}`);
  return result.ok ? result : err(result.error.why);
};

const textsOf = (derived: DerivedFunctions, pair: DerivedFunctions['pair'], before: Release, after: Release): readonly FunctionTexts[] => {
  const wanted = new Map(derived.functions.map((item) => [keyOf(item), item]));
  return compareReleases(before, after).candidates.flatMap((item) => {
    const asked = wanted.get(keyOf(item));
    if (asked === undefined) return [];
    const there = item.after === undefined ? {} : { after: textAt(after, item.after) };
    const reads = item.reads === undefined ? {} : { reads: item.reads };
    return [{ derived: asked, pair, before: textAt(before, item.before), ...there, ...reads }];
  });
};

const textAt = ({ files }: Release, { file, start, end }: Span): FunctionText => {
  const text = files.get(file) ?? '';
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return { line: text.slice(0, start).split('\n').length, text: text.slice(lineStart, end) };
};
