import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damagedOneOf } from '../../../../../tests/arbitraries/damaged.ts';
import type { Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { withoutSuffix } from './dep-path.ts';
import { readDocument } from './document.ts';
import { parsePnpmLock } from './pnpm-lock.ts';

/** pnpm 3 to 7: slashes, peers behind an underscore, what is declared apart from what was found. */
const V5 = `lockfileVersion: 5.4

overrides:
  b: 2.0.0

specifiers:
  '@s/a': ^1.0.0
  alias: npm:real@^3.0.0
  tar: https://e.example/tar.tgz
  git: user/git#abc

dependencies:
  '@s/a': 1.0.1_b@2.0.0
  git: github.com/user/git/abc
  tar: '@e.example/tar.tgz'

optionalDependencies:
  linked: link:../linked

devDependencies:
  alias: /real/3.0.0

packages:

  /@s/a/1.0.1_b@2.0.0:
    resolution: {integrity: sha512-AA==}
    engines: {node: '>=10'}
    peerDependencies:
      b: ^2
    dependencies:
      b: 2.0.0
      folder: file:folder
    dev: false

  /b/2.0.0:
    resolution: {integrity: sha1-AA==}
    deprecated: 'use c: it is newer'
    requiresBuild: true
    dev: false

  /c/1.0.0/b@2.0.0:
    resolution: {integrity: sha512-BB==}
    dev: true
    optional: true

  /real/3.0.0:
    resolution: {integrity: sha512-CC==, tarball: https://r.example/real.tgz}
    hasBin: true
    optionalDependencies:
      c: 1.0.0/b@2.0.0
    dev: true

  '@e.example/tar.tgz':
    resolution: {tarball: https://e.example/tar.tgz}
    name: tar
    version: 0.1.0
    dev: false

  file:folder:
    resolution: {directory: folder, type: directory}
    name: folder
    version: 0.0.0
    dependencies:
      real: 3.0.0

  github.com/user/git/abc:
    resolution: {tarball: https://codeload.github.com/user/git/tar.gz/abc}
    name: git
    version: 7.0.0

  registry.example/d/4.0.0:
    resolution: {integrity: sha512-DD==, registry: https://registry.example/, tarball: d/-/d-4.0.0.tgz}
    dev: false
`;

/** pnpm 8: peers in brackets, specifiers inline, importers. */
const V6 = `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

patchedDependencies:
  b@2.0.0:
    hash: aaaa
    path: patches/b@2.0.0.patch

importers:

  .:
    dependencies:
      '@s/a':
        specifier: ^1.0.0
        version: 1.0.1(b@2.0.0)(@s/p@3.0.0)
      member:
        specifier: workspace:*
        version: link:packages/member
    devDependencies:
      alias:
        specifier: npm:real@^3.0.0
        version: /real@3.0.0

  packages/member:
    optionalDependencies:
      b:
        specifier: 2.0.0
        version: 2.0.0(patch_hash=aaaa)

packages:

  /@s/a@1.0.1(b@2.0.0)(@s/p@3.0.0):
    resolution: {integrity: sha512-AA==}
    dependencies:
      b: 2.0.0(patch_hash=aaaa)
    dev: false

  /b@2.0.0(patch_hash=aaaa):
    resolution: {integrity: sha512-BB==}
    patched: true

  /real@3.0.0:
    resolution: {integrity: sha512-CC==}
    dev: true

  file:../local.tgz:
    resolution: {integrity: sha512-DD==, tarball: file:../local.tgz}
    name: local
    version: 1.0.0
`;

/** pnpm 9 to 11: what is published and how it was put together apart; a first document of pnpm itself. */
const V9 = `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies: {}
    packageManagerDependencies:
      pnpm:
        specifier: 12.0.0
        version: 12.0.0

packages:

  pnpm@12.0.0:
    resolution: {integrity: sha512-PP==}

snapshots:

  pnpm@12.0.0: {}

---
lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

catalogs:
  default:
    react:
      specifier: ^18.0.0
      version: 18.3.1

importers:

  .:
    dependencies:
      alias:
        specifier: npm:ui@^2.0.0
        version: ui@2.0.0(react@18.3.1)
      git:
        specifier: https://e.example/git.git
        version: git+https://e.example/git.git#abc
      tar:
        specifier: https://codeload.github.com/u/tar/tar.gz/1
        version: https://codeload.github.com/u/tar/tar.gz/1
    devDependencies:
      node:
        specifier: runtime:22.0.0
        version: runtime:22.0.0

  packages/old:
    dependencies:
      react:
        specifier: ^17.0.0
        version: 17.0.2
      ui:
        specifier: ^2.0.0
        version: 2.0.0(react@17.0.2)

  packages/empty: {}

packages:

  git@git+https://e.example/git.git#abc:
    resolution: {commit: abc, repo: https://e.example/git.git, type: git}
    version: 1.0.0

  node@runtime:22.0.0:
    resolution:
      type: variations
      variants:
        - resolution:
            archive: tarball
            url: https://e.example/node.tgz
          targets:
            - cpu: x64
              os: linux

  react@17.0.2:
    resolution: {integrity: sha512-RR==}
    engines: {node: '>=0.10.0'}

  react@18.3.1:
    resolution: {integrity: sha512-SS==}
    deprecated: Old

  tar@https://codeload.github.com/u/tar/tar.gz/1:
    resolution: {tarball: https://codeload.github.com/u/tar/tar.gz/1}
    version: 1.0.0

  ui@2.0.0:
    resolution: {integrity: sha512-UU==}
    peerDependencies:
      react: '*'

  unused@1.0.0:
    resolution: {integrity: sha512-VV==}

snapshots:

  git@git+https://e.example/git.git#abc:
    dependencies:
      react: 17.0.2

  node@runtime:22.0.0: {}

  react@17.0.2: {}

  react@18.3.1:
    optional: true

  tar@https://codeload.github.com/u/tar/tar.gz/1: {}

  ui@2.0.0(react@17.0.2):
    dependencies:
      react: 17.0.2

  ui@2.0.0(react@18.3.1):
    dependencies:
      react: 18.3.1
    optionalDependencies:
      gone: 9.9.9
`;

/** 1-based line of the n-th place where a line begins with the text. */
const lineOf = (text: string, piece: string, nth = 1): number => text.split(`\n${piece}`).slice(0, nth).join('\n').split('\n').length + 1;

const edges = (list: Parsed['roots'][number]['edges'] | undefined) => (list ?? []).map(({ name, to, kind }) => `${kind} ${name} > ${to}`);
const roots = (parsed: Parsed) => parsed.roots.map(({ folder, edges: list }) => [folder, edges(list)]);
const entries = (parsed: Parsed) =>
  parsed.entries.map(({ place, name, version, scope, region }) => [place, name, version, scope, region.startLine]);
const left = (parsed: Parsed) => parsed.left.map(({ name, origin, line }) => [name, origin, line]);
const edgesOf = (parsed: Parsed, place: string) => edges(parsed.entries.find((entry) => entry.place === place)?.edges);

describe('parsePnpmLock', () => {
  it('reads 5.x', () => {
    const parsed = parsePnpmLock(V5);
    expect(parsed.formatVersion).toBe('5.4');
    expect(entries(parsed)).toEqual([
      ['/@s/a/1.0.1_b@2.0.0', '@s/a', '1.0.1', 'required', lineOf(V5, '  /@s/a/1')],
      ['/b/2.0.0', 'b', '2.0.0', 'required', lineOf(V5, '  /b/2')],
      ['/c/1.0.0/b@2.0.0', 'c', '1.0.0', 'excluded', lineOf(V5, '  /c/1')],
      ['/real/3.0.0', 'real', '3.0.0', 'excluded', lineOf(V5, '  /real/3')],
      ['registry.example/d/4.0.0', 'd', '4.0.0', 'required', lineOf(V5, '  registry.example')],
    ]);
    expect(parsed.entries[1]).toMatchObject({ hasInstallScript: true, deprecated: 'use c: it is newer', integrity: 'sha1-AA==' });
    expect(parsed.entries[3]).toMatchObject({ resolved: 'https://r.example/real.tgz' });
    expect(roots(parsed)).toEqual([
      [
        '',
        [
          'prod @s/a > /@s/a/1.0.1_b@2.0.0',
          'prod git > github.com/user/git/abc',
          'prod tar > @e.example/tar.tgz',
          'dev alias > /real/3.0.0',
        ],
      ],
    ]);
    expect(edgesOf(parsed, '/@s/a/1.0.1_b@2.0.0')).toEqual(['prod b > /b/2.0.0', 'prod folder > file:folder']);
    expect(edgesOf(parsed, '/real/3.0.0')).toEqual(['optional c > /c/1.0.0/b@2.0.0']);
    expect(left(parsed)).toEqual([
      ['tar', 'remote', lineOf(V5, "  '@e.example")],
      ['folder', 'file', lineOf(V5, '  file:folder:')],
      ['git', 'git', lineOf(V5, '  github.com')],
    ]);
    expect(parsed.left[1]).toMatchObject({ place: 'file:folder', edges: [{ to: '/real/3.0.0' }] });
    expect(parsed.direct).toMatchObject({ '@s/a': '^1.0.0', alias: 'npm:real@^3.0.0' });
  });

  it('reads 6.0', () => {
    const parsed = parsePnpmLock(V6);
    expect(entries(parsed).map(([place, name, version]) => [place, name, version])).toEqual([
      ['/@s/a@1.0.1(b@2.0.0)(@s/p@3.0.0)', '@s/a', '1.0.1'],
      ['/b@2.0.0(patch_hash=aaaa)', 'b', '2.0.0'],
      ['/real@3.0.0', 'real', '3.0.0'],
    ]);
    expect(roots(parsed)).toEqual([
      ['', ['prod @s/a > /@s/a@1.0.1(b@2.0.0)(@s/p@3.0.0)', 'dev alias > /real@3.0.0']],
      ['packages/member', ['optional b > /b@2.0.0(patch_hash=aaaa)']],
    ]);
    expect(left(parsed)).toEqual([['local', 'file', lineOf(V6, '  file:')]]);
    expect(parsed.direct).toMatchObject({ member: 'workspace:*' });
  });

  it('reads 9.0, each package once for the peers it was given', () => {
    const parsed = parsePnpmLock(V9);
    expect(entries(parsed)).toEqual([
      ['pnpm@12.0.0', 'pnpm', '12.0.0', 'required', lineOf(V9, '  pnpm@')],
      ['react@17.0.2', 'react', '17.0.2', 'required', lineOf(V9, '  react@17')],
      ['react@18.3.1', 'react', '18.3.1', 'optional', lineOf(V9, '  react@18')],
      ['ui@2.0.0(react@17.0.2)', 'ui', '2.0.0', 'required', lineOf(V9, '  ui@')],
      ['ui@2.0.0(react@18.3.1)', 'ui', '2.0.0', 'required', lineOf(V9, '  ui@')],
      ['unused@1.0.0', 'unused', '1.0.0', 'required', lineOf(V9, '  unused@')],
    ]);
    expect(roots(parsed)).toEqual([
      [
        '',
        [
          'dev pnpm > pnpm@12.0.0',
          'prod alias > ui@2.0.0(react@18.3.1)',
          'prod git > git@git+https://e.example/git.git#abc',
          'prod tar > tar@https://codeload.github.com/u/tar/tar.gz/1',
          'dev node > node@runtime:22.0.0',
        ],
      ],
      ['packages/old', ['prod react > react@17.0.2', 'prod ui > ui@2.0.0(react@17.0.2)']],
      ['packages/empty', []],
    ]);
    expect(edgesOf(parsed, 'ui@2.0.0(react@17.0.2)')).toEqual(['prod react > react@17.0.2']);
    expect(left(parsed)).toEqual([
      ['git', 'git', lineOf(V9, '  git@')],
      ['node', 'remote', lineOf(V9, '  node@')],
      ['tar', 'git', lineOf(V9, '  tar@')],
      ['gone', 'unresolved', lineOf(V9, '      gone')],
    ]);
  });

  it.each(['7.0', '9.1', '5.4-inlineSpecifiers', '5'])('accepts %s', (version) => {
    expect(parsePnpmLock(`lockfileVersion: ${version}\n`).formatVersion).toBe(version);
  });

  it.each([
    ['', 1, 'expected lockfileVersion, found none'],
    ['a: 1\n', 1, 'expected lockfileVersion, found none'],
    ['# x\nlockfileVersion: 12.0\n', 2, 'expected lockfileVersion 5.0 to 9.0, found 12.0'],
    ['lockfileVersion: 9.0\npackages:\n<<<<<<< HEAD\n  a@1: {}\n', 3, 'an unresolved merge'],
  ])('refuses %j', (text, line, message) => {
    try {
      parsePnpmLock(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'ManifestError', line, message });
    }
  });

  it('keeps names that are members of every object', () => {
    const parsed = parsePnpmLock(
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      __proto__: {specifier: '1', version: 1.0.0}\npackages:\n  __proto__@1.0.0: {resolution: {}}\n  constructor@2.0.0: {}\n",
    );
    expect(parsed.entries.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(edges(parsed.roots[0]?.edges)).toEqual(['prod __proto__ > __proto__@1.0.0']);
    expect(Object.entries(parsed.direct)).toEqual([['__proto__', '1']]);
  });

  it('throws nothing but ManifestError, and loses no key of either table', () => {
    const texts = fc.oneof(damagedOneOf([V5, V6, V9]), damagedOneOf([V5, V6, V9]), fc.string());
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const parsed = parsePnpmLock(text);
          const { packages, snapshots } = readDocument(text);
          const given = new Set([...parsed.entries.map(({ place }) => place), ...parsed.left.flatMap(({ place }) => place ?? [])]);
          const assembled = new Set(snapshots.flatMap(({ key }) => [key, withoutSuffix(key)]));
          const expected = new Set([
            ...snapshots.map(({ key }) => key),
            ...packages.map(({ key }) => key).filter((key) => !assembled.has(key)),
          ]);
          expect([...expected].filter((key) => !given.has(key))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ManifestError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['(', ')', 'a(b)', '@', '/', ' a@1.0.0: {}\n', ' a@1.0.0(b@1): {dependencies: {a: 1.0.0(b@1)}}\n', '    dependencies: {}\n'])(
    'comes to an end on 1 MB of %j',
    (piece) => {
      const many = piece.repeat((1 << 20) / piece.length);
      for (const text of [
        `lockfileVersion: '9.0'\npackages:\n${many}`,
        `lockfileVersion: '6.0'\npackages:\n  ? ${many}\n  : {}\n`,
        `lockfileVersion: 5.1\npackages:\n  ${many}: {}\n`,
      ]) {
        try {
          parsePnpmLock(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }
    },
  );
});
