import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/plain.ts';
import { stayInside } from './boundary.ts';
import { readLockfile } from './lockfile.ts';

const check =
  (packages: JsonObject, manifest: JsonObject = {}, folder = ''): (() => void) =>
  () =>
    stayInside(folder, readLockfile(JSON.stringify({ lockfileVersion: 3, packages })), new Map([['', manifest]]));

describe('stayInside', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['a place', { '../../home/x': { version: '1.0.0' } }, {}],
    ['an absolute place', { '/etc/x': {} }, {}],
    ['a place with .. in it', { 'node_modules/../../x': {} }, {}],
    ['a link', { 'node_modules/x': { link: true, resolved: '../x' } }, {}],
    ['a folder dependency', {}, { dependencies: { x: 'file:../x' } }],
    ['an absolute folder', {}, { devDependencies: { x: 'file:///etc/x' } }],
    ['a home folder', {}, { dependencies: { x: '~/x' } }],
    ['a folder without a scheme', {}, { optionalDependencies: { x: '../../x' } }],
    ['a dependency of a dependency', { 'node_modules/a': { dependencies: { x: 'file:../../../x' } } }, {}],
    ['a workspace', {}, { workspaces: ['packages/*', '../*'] }],
    ['workspaces in their long form', {}, { workspaces: { packages: ['/etc/*'] } }],
    ['an override', {}, { overrides: { a: { b: 'file:../b' } } }],
  ])('refuses %s that leads out', (_, packages, manifest) => {
    expect(check(packages, manifest)).toThrow(expect.objectContaining({ code: 'BW6016' }));
  });

  it('lets what lies inside pass', () => {
    const packages = {
      'packages/a': { version: '1.0.0' },
      'node_modules/a': { link: true, resolved: 'packages/a' },
      'node_modules/b': { version: '1.0.0', resolved: 'https://r.example/b/-/b-1.0.0.tgz' },
    };
    expect(check(packages, { dependencies: { b: '^1.0.0', c: 'file:./c' }, workspaces: ['packages/*'] })).not.toThrow();
    expect(check({}, { dependencies: { x: 'file:../shared' } }, 'services/shop')).not.toThrow();
  });
});
