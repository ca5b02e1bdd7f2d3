import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineOf } from '../../lib/line.ts';
import { releaseLine } from './line.ts';

it.each([
  ['npm', '6.5.2', '6'],
  ['npm', '4.17', '4.17'], // as it always was: fingerprints rest on it
  ['Go', 'v0.17.0', '0.17'],
  ['Go', 'v2.0.0+incompatible', '2'],
  ['Go', 'v0.0.0-20190308221718-c2843e01d9a2', '0.0'],
  ['Go', 'go1.20.3', '1'],
  ['crates.io', '0.4.1', '0.4'],
  ['Hex', '1.7.0-rc.1', '1'],
  ['GitHub Actions', 'v4', '4'],
  ['PyPI', '2.31.0', '2'],
  ['PyPI', 'v0.9rc1', '0.9'],
  ['PyPI', '1!2.0', '1!2'],
  ['PyPI', '0!2.0', '2'],
  ['PyPI', '0a1', '0.0'],
  ['PyPI', '2004d', '2004d'],
  ['Maven', '2.14.1', '2'],
  ['Maven', '0.9.5.5-SNAPSHOT', '0.9'],
  ['Maven', '31.1-jre', '31'],
  ['Maven', '${log4j.version}', '${log4j.version}'],
  ['RubyGems', '7.0.4.1', '7'],
  ['NuGet', '13.0.1', '13'],
  ['Packagist', 'v5.4.20', '5'],
  ['Packagist', 'dev-main', 'dev-main'],
  ['Pub', '0.13.5+1', '0.13'],
  ['Debian:11', '1.1.1n-0+deb11u3', '11'],
  ['Ubuntu:22.04:LTS', '3.0.2-0ubuntu1', '22.04:LTS'],
  ['Wolfi', '1.0-r0', ''],
  ['Hackage', '1.2.3', '1.2.3'],
])('%s %s is of the line %s', (ecosystem, version, line) => expect(releaseLine(ecosystem, version)).toBe(line));

it('is lineOf for npm, whatever the text', () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(releaseLine('npm', text)).toBe(lineOf(text))));
});
