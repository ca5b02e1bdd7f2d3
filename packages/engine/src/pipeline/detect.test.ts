import { expect, it } from 'vitest';
import { hasSomethingToScan, missingFor } from './detect.ts';

const file = (uri: string, bytes = 10) => ({ uri, bytes });

it.each([
  ['a lockfile', [file('a/uv.lock')], undefined],
  ['a manifest that pins nothing', [file('Cargo.toml')], undefined],
  ['a jar', [file('lib/app.jar')], undefined],
  ['a program without an extension', [file('bin/server', 2_000_000)], undefined],
  ['a small file without an extension', [file('LICENSE')], 'no lockfile or manifest'],
  ['a document', [file('README.md', 2_000_000)], 'no lockfile or manifest'],
] as const)('dependencies with %s', (_what, files, expected) => {
  expect(missingFor('build/dependencies', files)).toBe(expected);
});

it('finds documents alone nothing to scan, however large', () => {
  expect(hasSomethingToScan([file('LICENSE', 100_000), file('a.md')])).toBe(false);
  expect(hasSomethingToScan([file('pom.xml')])).toBe(true);
});
