import { expect, it } from 'vitest';
import { ECOSYSTEMS } from '../ecosystem.ts';
import { isDistribution, orderingOf } from './ordering.ts';

const compared = (ecosystem: string, a: string, b: string): number | undefined => {
  const ordering = orderingOf(ecosystem);
  const [x, y] = [ordering?.parse(a), ordering?.parse(b)];
  return x === undefined || y === undefined ? undefined : Math.sign(ordering?.compare(x, y) ?? Number.NaN) + 0;
};

it.each(ECOSYSTEMS)('every ecosystem that we read has an ordering: %s', (ecosystem) => {
  expect(compared(ecosystem, '1.9.0', '1.10.0')).toBe(-1);
});

it.each([
  // each pair tells its ordering from the others
  ['npm', '1.0.0-rc.1', '1.0.0', -1],
  ['Go', 'v1.2.3', '1.2.3', 0],
  ['crates.io', '1.0.0+a', '1.0.0+b', 0],
  ['Hex', '1.0.0-rc.1', '1.0.0', -1],
  ['GitHub Actions', 'v4', '4.0.0', 0],
  ['PyPI', '1.0.post1', '1.0', 1],
  ['Maven', '1.0.RELEASE', '1.0', 0],
  ['RubyGems', '1.0.a', '1.0', -1],
  ['NuGet', '1.0.0.0', '1.0', 0],
  ['Packagist', '1.0.0-p1', '1.0.0', 1],
  ['Packagist:https://packages.drupal.org/8', '8.1', '8.1.0', 0],
  ['Pub', '1.0.0+1', '1.0.0', 1],
  ['Debian:11', '1.0~rc1-1', '1.0-1', -1],
  ['Ubuntu:22.04:LTS', '1.0-1ubuntu1~20', '1.0-1ubuntu1', -1],
  ['Alpine:v3.18', '1.0_rc1', '1.0', -1],
  ['Wolfi', '1.0_p1', '1.0', 1],
  ['Chainguard', '1.0-r1', '1.0-r0', 1],
  ['Red Hat:enterprise_linux:8::appstream', '0:1.0-1.el8', '1:0.9-1.el8', -1],
  ['Rocky Linux:9', '1.0^1', '1.0', 1],
  ['AlmaLinux:8', '1.0~1', '1.0', -1],
  ['SUSE:Linux Enterprise Server 15 SP5', '1.0-150500.1', '1.0-150500.2', -1],
  ['openSUSE:Leap 15.5', '2_0', '2.0', 0],
])('%s: %s against %s is %i', (ecosystem, a, b, expected) => expect(compared(ecosystem, a, b)).toBe(expected));

it.each(['', 'Hackage', 'CRAN', 'npm2', 'constructor', '__proto__', 'debian'])('%s has none', (ecosystem) =>
  expect(orderingOf(ecosystem)).toBeUndefined(),
);

it('does not read a text that is too long to be a version', () => {
  expect(compared('Debian:12', '1'.repeat(4096), '1')).toBe(1);
  expect(compared('Debian:12', '1'.repeat(4097), '1')).toBeUndefined();
});

it('tells distributions from registries', () => {
  expect(['Debian:11', 'Wolfi', 'Red Hat:x'].every(isDistribution)).toBe(true);
  expect([...ECOSYSTEMS, 'unknown'].some(isDistribution)).toBe(false);
});
