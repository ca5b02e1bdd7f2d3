import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Locator, type LockedUnit, segmentsOf } from './locate.ts';

const unit = (key: string, version = '1.0.0', name = key.split('node_modules/').at(-1) ?? key): LockedUnit => ({
  key,
  item: { name, version },
});

const find = (url: string, own: readonly string[], units: readonly LockedUnit[] = []): readonly string[] =>
  new Locator('/srv/shop', own, units)
    .find(segmentsOf(url) ?? [])
    .map(({ unit: at, path }) => (at === undefined ? path : `${at.key}@${at.item.version}:${path}`));

describe('a url of another machine', () => {
  it('means the file with the longest common end', () => {
    const own = ['src/app.js', 'admin/src/app.js', 'lib/b.js'];
    expect(find('file:///srv/admin/src/app.js', own)).toEqual(['admin/src/app.js']);
    expect(find('file:///srv/src/app.js', own)).toEqual(['src/app.js', 'admin/src/app.js']);
    expect(find('file:///srv/b.js?t=1#x', own)).toEqual(['lib/b.js']);
    expect(find('file:///srv/c.js', own)).toEqual([]);
  });

  it('means the very file when it was made in this folder, and none that is not of the target', () => {
    const own = ['src/app.js', 'admin/src/app.js'];
    expect(find('file:///srv/shop/src/app.js', own)).toEqual(['src/app.js']);
    expect(find('file:///srv/shop/dist/src/app.js', own)).toEqual([]);
    expect(find('/srv/shopping/src/app.js', own)).toEqual(own);
  });

  it('never means an own file when it lies in node_modules, nor the other way round', () => {
    expect(find('file:///app/node_modules/a/src/app.js', ['src/app.js'])).toEqual([]);
    expect(find('file:///app/src/app.js', [], [unit('node_modules/app.js')])).toEqual([]);
  });

  it('means the package at that place', () => {
    const units = [unit('node_modules/a', '1.0.0'), unit('node_modules/b/node_modules/a', '2.0.0'), unit('node_modules/@s/c')];
    expect(find('file:///app/node_modules/a/x/y.js', [], units)).toEqual(['node_modules/a@1.0.0:x/y.js']);
    expect(find('file:///app/node_modules/b/node_modules/a/y.js', [], units)).toEqual(['node_modules/b/node_modules/a@2.0.0:y.js']);
    expect(find('file:///app/node_modules/%40s/c/y.js', [], units)).toEqual(['node_modules/@s/c@1.0.0:y.js']);
    // not a place of the lockfile: which version lies there is not known
    expect(find('file:///app/node_modules/z/node_modules/a/y.js', [], units)).toEqual([]);
  });

  it('means the package of the lockfile of that folder, of several', () => {
    const units = [unit('a/node_modules/x'), unit('b/node_modules/x')];
    expect(find('file:///srv/b/node_modules/x/i.js', [], units)).toEqual(['b/node_modules/x@1.0.0:i.js']);
    expect(find('file:///app/node_modules/x/i.js', [], units)).toHaveLength(2);
    expect(find('file:///srv/shop/b/node_modules/x/i.js', [], units)).toEqual(['b/node_modules/x@1.0.0:i.js']);
  });

  it('means the version that the store of pnpm states', () => {
    const units = [unit('x', '1.0.0', '@s/a'), unit('y', '2.0.0', '@s/a')];
    const at = (folder: string) => find(`file:///app/node_modules/.pnpm/${folder}/node_modules/@s/a/i.js`, [], units);
    expect(at('@s+a@2.0.0')).toEqual(['y@2.0.0:i.js']);
    expect(at('@s+a@1.0.0_react@18.0.0')).toEqual(['x@1.0.0:i.js']);
    expect(at('@s+a@1.0.0(react@18.0.0)')).toEqual(['x@1.0.0:i.js']);
    expect(at('@s+a@3.0.0')).toEqual([]);
  });

  it('is found under the name of the folder when it was installed as another', () => {
    expect(find('file:///app/node_modules/alias/i.js', [], [unit('node_modules/alias', '1.0.0', 'real')])).toEqual([
      'node_modules/alias@1.0.0:i.js',
    ]);
  });

  it('has no way up and no end of text in it', () => {
    for (const url of ['file:///a/../b.js', '/a/../b.js', 'file:///a%2f..%2fb.js', 'file:///a%00.js', 'file:///%E0%A4%A', 'file:///', '']) {
      expect(segmentsOf(url)).toBeUndefined();
    }
    expect(segmentsOf('C:\\a\\b.js')).toEqual(['C:', 'a', 'b.js']);
    expect(segmentsOf('file://host/a/./b.js')).toEqual(['a', 'b.js']);
  });

  it('is found for every file of the target below any folder, alone or with its equals', () => {
    const part = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), path, (own, above) => {
        for (const uri of own) expect(find(`file:///x/${above}/${uri}`, own).length).toBeGreaterThan(0);
        for (const uri of own) expect(find(`file:///x/${uri}`, own)).toContain(uri);
      }),
    );
  });
});
