import { expect, it } from 'vitest';
import { orderingOf } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts } from '../../../extractors/facts.ts';
import { newestPublished } from './published.ts';

const fixedIn = (...versions: readonly string[]): AdvisoryFacts => ({
  id: 'X-1',
  aliases: [],
  severity: 'low',
  severityStated: true,
  cwes: [],
  ranges: [{ type: 'SEMVER', events: versions.map((fixed) => ({ fixed })) }],
  versions: [],
  functions: [],
});

it('is the highest release that two advisories bear out, by the order of the ecosystem', () => {
  expect(newestPublished([fixedIn('1.2.3', '10.0.0'), fixedIn('9.1.0')], orderingOf('npm'))).toBe('9.1.0');
  expect(newestPublished([fixedIn('10.0.0'), fixedIn('10.0.0'), fixedIn('9.1.0')], orderingOf('npm'))).toBe('10.0.0');
  expect(newestPublished([fixedIn('7.1.1')], orderingOf('npm'))).toBeUndefined();
});

it('is no pre-release, and nothing where no release is named', () => {
  expect(newestPublished([fixedIn('2.0.0', '3.0.0-rc.1'), fixedIn('2.0.0')], orderingOf('npm'))).toBe('2.0.0');
  expect(newestPublished([fixedIn('3.0.0-rc.1'), fixedIn('3.0.0-rc.1')], orderingOf('npm'))).toBeUndefined();
  expect(newestPublished([], orderingOf('npm'))).toBeUndefined();
});
