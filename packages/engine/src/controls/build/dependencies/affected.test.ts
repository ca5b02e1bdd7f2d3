import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderingOf } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts, OsvEvent } from '../../../extractors/facts.ts';
import { fixedVersions, type Judgement, judge as judgeIn } from './affected.ts';

type Advisory = Pick<AdvisoryFacts, 'ranges' | 'versions'>;

const judge = (advisory: Advisory, version: string, ecosystem = 'npm'): Judgement => judgeIn(advisory, version, orderingOf(ecosystem));

const range = (...events: readonly OsvEvent[]) => ({ ranges: [{ type: 'SEMVER' as const, events }], versions: [] });
const from = (introduced: string, fixed?: string, last_affected?: string): readonly OsvEvent[] => [
  { introduced },
  ...(fixed === undefined ? [] : [{ fixed }]),
  ...(last_affected === undefined ? [] : [{ last_affected }]),
];

describe('judge', () => {
  it.each([
    // fixed is the first version without the flaw, last_affected the last one with it
    [range(...from('0', '1.2.3')), '0.0.0', 'affected'],
    [range(...from('0', '1.2.3')), '1.2.2', 'affected'],
    [range(...from('0', '1.2.3')), '1.2.3', 'not-affected'],
    [range(...from('0', undefined, '1.2.3')), '1.2.3', 'affected'],
    [range(...from('0', undefined, '1.2.3')), '1.2.4', 'not-affected'],
    [range(...from('1.0.0', '2.0.0')), '0.9.9', 'not-affected'],
    // pre-releases by precedence, not by npm's range rules
    [range(...from('0', '1.0.0')), '1.0.0-rc.1', 'affected'],
    [range(...from('1.0.0')), '1.0.0-rc.1', 'not-affected'],
    [range(...from('1.0.0-alpha.2', '1.0.0-alpha.10')), '1.0.0-alpha.9', 'affected'],
    [range(...from('1.0.0-alpha.2', '1.0.0-alpha.10')), '1.0.0-alpha.10', 'not-affected'],
    [range(...from('1.0.0-alpha', '1.0.0')), '1.0.0-alpha.beta', 'affected'],
    [range(...from('0', '10.0.0')), '9.0.0', 'affected'],
    // build metadata has no rank
    [range(...from('0', '1.0.0')), '1.0.0+build.7', 'not-affected'],
    [range(...from('0', undefined, '1.0.0')), '1.0.0+build.7', 'affected'],
    // several branches, in any order
    [range({ fixed: '2.0.5' }, { introduced: '2.0.0' }, { fixed: '1.0.5' }, { introduced: '0' }), '2.0.4', 'affected'],
    [range({ fixed: '2.0.5' }, { introduced: '2.0.0' }, { fixed: '1.0.5' }, { introduced: '0' }), '1.0.5', 'not-affected'],
    [range({ fixed: '2.0.5' }, { introduced: '2.0.0' }, { fixed: '1.0.5' }, { introduced: '0' }), '1.0.4', 'affected'],
    // events of one version keep their order: empty here, reintroduced there
    [range({ introduced: '1.0.0' }, { fixed: '1.0.0' }), '1.0.0', 'not-affected'],
    [range({ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.0.0' }), '1.0.0', 'affected'],
    // limits
    [range({ introduced: '0' }, { limit: '2.0.0' }), '1.9.9', 'affected'],
    [range({ introduced: '0' }, { limit: '2.0.0' }), '2.0.0', 'not-affected'],
    [range({ introduced: '0' }, { limit: '2.0.0' }, { limit: '*' }), '3.0.0', 'affected'],
    [range({ introduced: '0' }, { limit: '1.0.0' }, { limit: '2.0.0' }), '1.5.0', 'affected'],
    // everything, and versions nobody can order
    [range({ introduced: '0' }), 'not a version', 'affected'],
    [range(...from('0', '1.0.0')), 'not a version', 'undecidable'],
    [range(...from('0', 'tomorrow')), '1.0.0', 'undecidable'],
    [range({ introduced: '0' }, { limit: 'x' }), '1.0.0', 'undecidable'],
    [range(...from('0', '1.0.0')), '99999999999999999999.0.0', 'undecidable'],
    // as people wrote them before
    [range(...from('0', '1.2')), '1.1.9', 'affected'],
    [range(...from('0', '1.2')), '1.2.0', 'not-affected'],
    [range(...from('0', '1.2.3')), 'v1.2.2', 'affected'],
    [range(...from('0', '1.2.3')), '1.2.3beta', 'affected'],
    // nothing stated
    [{ ranges: [], versions: [] }, '1.0.0', 'not-affected'],
  ] as const)('%j with %s is %s', (advisory, version, expected) => {
    expect(judge(advisory, version)).toBe(expected);
  });

  it('takes enumerated versions as text, beside ranges', () => {
    const advisory = { ...range(...from('2.0.0', '3.0.0')), versions: ['1.0.0', 'odd'] };
    expect(['1.0.0', '1.0.1', '2.5.0', 'odd', 'other'].map((v) => judge(advisory, v))).toEqual([
      'affected',
      'not-affected',
      'affected',
      'affected',
      'undecidable',
    ]);
  });

  it('is affected when one range says so, whatever another cannot tell', () => {
    const ranges = [...range(...from('0', 'x')).ranges, ...range(...from('0', '2.0.0')).ranges];
    expect(judge({ ranges, versions: [] }, '1.0.0')).toBe('affected');
    expect(judge({ ranges, versions: [] }, '2.0.0')).toBe('undecidable');
  });

  it('agrees with the pseudocode of the standard over a small ordered world', () => {
    const world = ['0.0.1-0', '0.0.1', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0', '1.0.1', '1.10.0', '2.0.0-rc.1', '2.0.0'];
    const decides: Readonly<Record<string, (version: number, at: number) => boolean>> = {
      introduced: (version, at) => version >= at,
      fixed: (version, at) => version >= at,
      last_affected: (version, at) => version > at,
    };
    const naive = (list: readonly (readonly [string, number])[], version: number): boolean => {
      let vulnerable = false;
      for (const [kind, index] of [...list].sort((a, b) => a[1] - b[1])) {
        if (decides[kind]?.(version, index)) vulnerable = kind === 'introduced';
      }
      return vulnerable;
    };
    const at = fc.nat({ max: world.length - 1 });
    const event = fc.tuple(fc.constantFrom('introduced', 'fixed', 'last_affected'), at);
    const events = fc.uniqueArray(event, { minLength: 1, maxLength: 6, selector: ([, index]) => index });
    fc.assert(
      fc.property(events, at, fc.boolean(), (list, version, start) => {
        const all = [...(start ? [{ introduced: '0' }] : []), ...list.map(([kind, index]): OsvEvent => ({ [kind]: world[index] }))];
        const expected = naive(start ? [['introduced', -1], ...list] : list, version);
        expect(judge(range(...all), world[version] ?? '')).toBe(expected ? 'affected' : 'not-affected');
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (a, b, v) => void judge(range({ introduced: a }, { fixed: b }), v)));
  });

  it('is quick on a megabyte of digits', () => {
    expect(judge(range(...from('0', '1.0.0')), '1'.repeat(1 << 20))).toBe('undecidable');
    expect(judge(range(...from('0', `1.0.0-${'a.'.repeat(1 << 19)}`)), '1.0.0')).toBe('undecidable');
  });
});

describe('judge, in other ecosystems', () => {
  const within = (...events: readonly OsvEvent[]): Advisory => ({ ranges: [{ type: 'ECOSYSTEM', events }], versions: [] });

  it.each([
    ['PyPI', '1.0rc1', from('0', '1.0'), 'affected'],
    ['PyPI', '1.0.post1', from('0', '1.0'), 'not-affected'],
    ['PyPI', '1.0+local', from('0', undefined, '1.0'), 'affected'], // built from 1.0
    ['PyPI', '1.0+local', from('0', '1.0'), 'not-affected'],
    ['PyPI', '2004d', from('0', '1.0'), 'undecidable'],
    ['Go', 'v1.2.2', from('0', '1.2.3'), 'affected'],
    ['Go', 'v0.0.0-20200101000000-abcdefabcdef', from('0', '0.0.0-20200102000000-000000000000'), 'affected'],
    ['Go', 'v2.0.0+incompatible', from('0', '2.0.0'), 'not-affected'],
    ['Maven', '5.3.0.RELEASE', from('0', '5.3.0'), 'not-affected'],
    ['Maven', '5.3.0.RC1', from('0', '5.3.0'), 'affected'],
    ['Maven', '${spring.version}', from('0', '5.3.0'), 'undecidable'],
    ['NuGet', '1.0.0.1', from('0', undefined, '1.0'), 'not-affected'],
    ['RubyGems', '6.0.0.rc1', from('6.0.0', '6.0.1'), 'not-affected'],
    ['Packagist', 'v5.4.20', from('5.0.0', '5.4.21'), 'affected'],
    ['Packagist', 'dev-main', from('5.0.0', '5.4.21'), 'undecidable'],
    ['Pub', '1.0.0', from('0', '1.0.0+1'), 'affected'],
    ['Debian:11', '1.1.1n-0+deb11u3', from('0', '1.1.1n-0+deb11u4'), 'affected'],
    ['Debian:11', '1.1.1n-0+deb11u10', from('0', '1.1.1n-0+deb11u4'), 'not-affected'],
    ['Alpine:v3.18', '3.1.1-r3', from('0', '3.1.1-r10'), 'affected'],
    ['Red Hat:enterprise_linux:8::baseos', '1:1.1.1k-9.el8', from('0', '1:1.1.1k-12.el8'), 'affected'],
    ['GitHub Actions', 'v3', from('0', '4.1.3'), 'affected'],
    ['GitHub Actions', 'v5', from('0', '4.1.3'), 'not-affected'],
    ['GitHub Actions', 'v4', from('4.0.0', '4.1.3'), 'undecidable'], // where the tag is now, nobody here knows
    ['GitHub Actions', 'v4.1.2', from('4.0.0', '4.1.3'), 'affected'],
    ['GitHub Actions', 'main', from('4.0.0', '4.1.3'), 'undecidable'],
  ] as const)('%s: %s with %j is %s', (ecosystem, version, events, expected) => {
    expect(judge(within(...events), version, ecosystem)).toBe(expected);
  });

  it('takes ranges of the type SEMVER for what they are, in any ecosystem', () => {
    expect(judge(range(...from('0', '1.0.0')), '1.0.0-1', 'Maven')).toBe('affected');
    expect(judge(within(...from('0', '1.0.0')), '1.0.0-1', 'Maven')).toBe('not-affected');
    expect(judge(range(...from('0', '1.0.0')), '0.9.0', 'Hackage')).toBe('affected');
    expect(judge(range(...from('4.0.0', '4.1.3')), 'v4', 'GitHub Actions')).toBe('undecidable');
  });

  it.each([
    ['PyPI', '1.0.0', '1.0', 'affected'],
    ['PyPI', '1.0.post0', '1.0-0', 'affected'],
    ['PyPI', '1.0.1', '1.0', 'not-affected'],
    ['PyPI', '2.0.0+cu118', '2.0.0', 'affected'],
    ['PyPI', '2.0.0+cu118', '2.0.0+cu118', 'affected'],
    ['PyPI', 'not a version', '1.0', 'not-affected'],
    ['NuGet', '1.0.0.0', '1.0', 'affected'],
    ['Maven', '1.0.Final', '1.0', 'affected'],
    ['Go', 'v1.0.0', '1.0.0', 'affected'],
    ['GitHub Actions', 'v4', '4.2.0', 'undecidable'],
    ['GitHub Actions', 'v4', '5.0.0', 'not-affected'],
    ['GitHub Actions', 'v4', 'v4', 'affected'],
  ])('%s: %s with %s listed is %s', (ecosystem, version, listed, expected) => {
    expect(judge({ ranges: [], versions: [listed, 'odd'] }, version, ecosystem)).toBe(expected);
  });

  it('never calls a version clean in an ecosystem without an order', () => {
    expect(judge(within(...from('0', '1.0')), '2.0', 'Hackage')).toBe('undecidable');
    expect(judge({ ranges: [], versions: ['1.0'] }, '1.0.0', 'Hackage')).toBe('undecidable');
    expect(judge({ ranges: [], versions: ['1.0'] }, '1.0', 'Hackage')).toBe('affected');
    expect(judge(within({ introduced: '0' }), '2.0', 'Hackage')).toBe('affected');
  });
});

describe('fixedVersions', () => {
  const { ranges } = range({ fixed: '10.0.0' }, { fixed: '9.1.0-rc.1' }, { fixed: 'x' });

  it('sorts by precedence, each once', () => {
    expect(fixedVersions({ ranges: [...ranges, ...ranges], patched: '9.1.0' }, orderingOf('npm'))).toEqual([
      '9.1.0-rc.1',
      '9.1.0',
      '10.0.0',
    ]);
  });

  it('keeps what is stated where there is no order', () => {
    expect(fixedVersions({ ranges: [...ranges, ...ranges] }, undefined)).toEqual(['10.0.0', '9.1.0-rc.1', 'x']);
  });
});
