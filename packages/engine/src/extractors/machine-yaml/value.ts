/** What a YAML text holds, as lockfiles need it: every scalar as it is written, maps in file order with the place of each key. */
import type { Region } from '@breakwater/model';

export interface YamlPair {
  readonly key: string;
  readonly region: Region;
  readonly value: YamlValue;
}

export class YamlMap {
  readonly pairs: readonly YamlPair[];

  constructor(pairs: readonly YamlPair[]) {
    this.pairs = pairs;
  }

  /** Of the last pair with this key, as most tools have it; undefined when there is none. */
  get(key: string): YamlValue {
    for (let index = this.pairs.length - 1; index >= 0; index -= 1) {
      const pair = this.pairs[index];
      if (pair?.key === key) return pair.value;
    }
    return undefined;
  }

  text(key: string): string | undefined {
    return textOf(this.get(key));
  }

  map(key: string): YamlMap {
    return mapOf(this.get(key));
  }
}

/** Nothing written = undefined; a scalar is never interpreted: `1.10`, `true` and `'true'` are texts. */
export type YamlValue = string | YamlMap | YamlList | undefined;
export interface YamlList extends ReadonlyArray<YamlValue> {}

const NO_PAIRS = new YamlMap([]);

/** An empty map in place of anything that is none. */
export const mapOf = (value: YamlValue): YamlMap => (value instanceof YamlMap ? value : NO_PAIRS);

export const textOf = (value: YamlValue): string | undefined => (typeof value === 'string' ? value : undefined);
