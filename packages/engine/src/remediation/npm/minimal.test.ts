import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/plain.ts';
import { isObject, member } from '../json/plain.ts';
import { readLockfile } from './lockfile.ts';
import { onlyRelated } from './minimal.ts';
import { EMPTY, withChoice } from './project.ts';

const lock = (packages: JsonObject): JsonObject => ({
  lockfileVersion: 3,
  packages: { '': { dependencies: { a: '^1.0.0', c: '^1.0.0' } }, ...packages },
});
const A = (version: string): JsonObject => ({ version, dependencies: { b: '^1.0.0' } });
const draft = withChoice(EMPTY, 'node_modules/a', { version: '1.1.0', manifest: {} });
const versions = (value: JsonObject): readonly string[] =>
  Object.entries(isObject(value['packages']) ? value['packages'] : {}).flatMap(([place, entry]) =>
    place === '' ? [] : [`${place.slice(13)} ${String(member(entry, 'version'))}`],
  );

describe('onlyRelated', () => {
  const old = readLockfile(
    JSON.stringify(lock({ 'node_modules/a': A('1.0.0'), 'node_modules/b': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } })),
  );

  it('keeps what follows from the plan and puts the rest back', () => {
    const next = lock({
      'node_modules/a': A('1.1.0'),
      'node_modules/b': { version: '1.0.5' },
      'node_modules/c': { version: '1.9.0' },
      'node_modules/d': { version: '1.0.0' },
    });
    expect(versions(onlyRelated(old, next, draft))).toEqual(['a 1.1.0', 'b 1.0.5', 'c 1.0.0']);
  });

  it('brings back in its place what was taken away beside the plan', () => {
    const next = lock({ 'node_modules/a': A('1.1.0'), 'node_modules/b': { version: '1.0.0' } });
    expect(versions(onlyRelated(old, next, draft))).toEqual(['a 1.1.0', 'b 1.0.0', 'c 1.0.0']);
  });

  it('leaves a change that something now depends on', () => {
    const needs: JsonObject = { version: '1.1.0', dependencies: { b: '^1.0.0' }, peerDependencies: { c: '^1.9.0' } };
    const next = lock({ 'node_modules/a': needs, 'node_modules/b': { version: '1.0.0' }, 'node_modules/c': { version: '1.9.0' } });
    expect(versions(onlyRelated(old, next, draft))).toEqual(['a 1.1.0', 'b 1.0.0', 'c 1.9.0']);
  });
});
