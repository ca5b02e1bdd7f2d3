import { describe, expect, it } from 'vitest';
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';
import { wantedOf } from './wanted.ts';

const record = (extra: Partial<AdvisoryFacts> = {}): AdvisoryFacts => ({
  id: 'GHSA-1',
  aliases: [],
  severity: 'high',
  severityStated: true,
  cwes: [],
  ranges: [],
  versions: [],
  functions: [],
  ...extra,
});

const derived = (extra: Partial<DerivedFunctions> = {}): DerivedFunctions => ({
  pair: { vulnerable: '1.0.0', fixed: '1.0.1' },
  distance: 'patch',
  functions: [{ file: 'lib/a.js', name: 'parse', kind: 'changed', tier: 'core' }],
  ...extra,
});

describe('functions that a record names', () => {
  it.each([
    ['lodash', 'lodash.template', 'template'],
    ['lodash', 'lodash', 'exports'],
    ['lodash', 'lodash()', 'exports'],
    ['lodash', 'template', 'template'],
    ['lodash', 'template()', 'template'],
    ['lodash', 'template(string, options)', 'template'],
    ['lodash', ' template ( ) ', 'template'],
    ['lodash', 'lodashx.template', 'lodashx.template'],
    ['@scope/name', '@scope/name.parse', 'parse'],
    ['@scope/name', '@scope/name', 'exports'],
    ['pkg', 'Parser.prototype.parse', 'Parser.parse'],
    ['pkg', 'pkg.Parser.prototype.parse()', 'Parser.parse'],
    ['pkg', 'Parser#parse', 'Parser.parse'],
    ['pkg', 'pkg#parse', 'parse'],
    ['pkg', 'A.prototype.b.prototype.c', 'A.b.c'],
  ])('of %s: %s', (name, written, spelled) => {
    expect(wantedOf([record({ functions: [written] })], name)).toEqual({
      kind: 'functions',
      functions: [{ name: spelled }],
      source: 'named by GHSA-1',
    });
  });

  it('are taken from the first record that names some, before those of a fix', () => {
    const records = [
      record({ id: 'CVE-1', derived: derived() }),
      record({ id: 'GHSA-2', functions: ['a', 'b'] }),
      record({ functions: ['c'] }),
    ];
    expect(wantedOf(records, 'pkg')).toEqual({ kind: 'functions', functions: [{ name: 'a' }, { name: 'b' }], source: 'named by GHSA-2' });
  });
});

describe('functions that a fix changed', () => {
  it('are asked for in their files', () => {
    expect(wantedOf([record(), record({ derived: derived() })], 'pkg')).toMatchObject({
      kind: 'functions',
      functions: [{ file: 'lib/a.js', name: 'parse' }],
      source: 'changed by the fix 1.0.0 → 1.0.1',
    });
  });

  it.each([
    ['patch', false],
    ['inexact', false],
    ['minor', true],
    ['major', true],
  ] as const)('that lies a %s version apart say little when they are not reached: %s', (distance, vague) => {
    expect(wantedOf([record({ derived: derived({ distance }) })], 'pkg')).toMatchObject({ vague });
  });

  it('are only hints when none can be told', () => {
    expect(wantedOf([record({ derived: derived({ moduleOnly: 'minified' }) })], 'pkg')).toEqual({
      kind: 'module',
      because: 'no function can be told from the fix 1.0.0 → 1.0.1: minified',
    });
  });

  it.each([
    ['no record', []],
    ['a record that says nothing', [record()]],
    ['a fix without functions', [record({ derived: derived({ functions: [] }) })]],
  ])('are none: %s', (_, records) => {
    expect(wantedOf(records, 'pkg')).toEqual({ kind: 'module', because: 'which function is vulnerable is not known' });
  });
});
