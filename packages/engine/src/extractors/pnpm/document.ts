/** The parts of a pnpm lockfile that count, of all its documents: its first may be of pnpm itself and its configuration. */
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from '../machine-yaml/read.ts';
import type { YamlPair } from '../machine-yaml/value.ts';
import { mapOf, type YamlMap } from '../machine-yaml/value.ts';
import type { Major } from './dep-path.ts';

export interface PnpmDocument {
  readonly formatVersion: string;
  readonly major: Major;
  /** Folder → what it declares; `.` is the lockfile's own. */
  readonly importers: readonly YamlPair[];
  readonly packages: readonly YamlPair[];
  /** Since 9: the packages with the peers that they were given. */
  readonly snapshots: readonly YamlPair[];
}

const VERSION = /^([5679])(?:\.\d{1,3})?(?:-inlineSpecifiers)?$/;

const lineOf = (root: YamlMap, key: string): number => root.pairs.find((pair) => pair.key === key)?.region.startLine ?? 1;

const majorOf = (root: YamlMap, stated: string): Major => {
  const digit = VERSION.exec(stated)?.[1];
  if (digit === undefined) {
    const line = lineOf(root, 'lockfileVersion');
    throw new ManifestError(`expected lockfileVersion 5.0 to 9.0, found ${stated.slice(0, 12).replace(/[^\x20-\x7e]/g, '?')}`, line);
  }
  if (digit === '5' || digit === '6') return digit === '5' ? 5 : 6;
  return 9; // 7 was 9 while that was made
};

/** A lockfile of one project has what it declares at the top. */
const importersOf = (root: YamlMap): readonly YamlPair[] => {
  const { pairs } = root.map('importers');
  return pairs.length > 0 ? pairs : [{ key: '.', region: { startLine: 1 }, value: root }];
};

/** Throws ManifestError. */
export const readDocument = (text: string): PnpmDocument => {
  const roots = readYaml(text).flatMap((value) => (value === undefined ? [] : [mapOf(value)]));
  const root = roots.at(-1);
  const formatVersion = root?.text('lockfileVersion');
  if (root === undefined || formatVersion === undefined) throw new ManifestError('expected lockfileVersion, found none');
  const pairs = (key: string): readonly YamlPair[] => roots.flatMap((one) => one.map(key).pairs);
  return {
    formatVersion,
    major: majorOf(root, formatVersion),
    importers: roots.flatMap(importersOf),
    packages: pairs('packages'),
    snapshots: pairs('snapshots'),
  };
};
