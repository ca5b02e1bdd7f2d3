/** What the projects of a pnpm lockfile declare, and what each wish was resolved to. */
import type { EdgeKind } from '../dependencies/format.ts';
import type { YamlPair, YamlValue } from '../machine-yaml/value.ts';
import { mapOf, textOf, YamlMap } from '../machine-yaml/value.ts';

export interface Reference {
  /** As the dependent calls it. */
  readonly name: string;
  /** `1.0.0(b@2)`, `/other@1.0.0`, `link:../b`. */
  readonly reference: string;
  readonly kind: EdgeKind;
  readonly line: number;
}

export interface Importer {
  readonly folder: string;
  readonly references: readonly Reference[];
  /** name → range. */
  readonly specifiers: ReadonlyMap<string, string>;
}

/** What pnpm is configured with, and pnpm itself, help to develop. */
const LISTS: readonly (readonly [string, EdgeKind])[] = [
  ['dependencies', 'prod'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'dev'],
  ['configDependencies', 'dev'],
  ['packageManagerDependencies', 'dev'],
];

/** `{specifier, version}` since 6, or the version alone. */
const versionOf = (value: YamlValue): string => (value instanceof YamlMap ? value.text('version') : textOf(value)) ?? '';

export const referencesIn = (list: YamlMap, kind: EdgeKind): readonly Reference[] =>
  list.pairs.map(({ key, region, value }) => ({ name: key, reference: versionOf(value), kind, line: region.startLine }));

const inlineSpecifiers = (body: YamlMap): readonly (readonly [string, string])[] =>
  LISTS.flatMap(([list]) => body.map(list).pairs.flatMap(({ key, value }) => pairOf(key, mapOf(value).text('specifier'))));

const pairOf = (key: string, text: string | undefined): readonly (readonly [string, string])[] => (text === undefined ? [] : [[key, text]]);

export const importerOf = ({ key, value }: YamlPair): Importer => {
  const body = mapOf(value);
  const listed = body.map('specifiers').pairs.flatMap((pair) => pairOf(pair.key, textOf(pair.value)));
  return {
    folder: key
      .split('/')
      .filter((part) => part !== '.' && part !== '')
      .join('/'),
    references: LISTS.flatMap(([list, kind]) => referencesIn(body.map(list), kind)),
    specifiers: new Map([...inlineSpecifiers(body), ...listed]),
  };
};
