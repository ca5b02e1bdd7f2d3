import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryFacts } from '../extractors/facts.ts';
import { factsOf, readLine, writeLine } from './line.ts';

const texts = fc.array(fc.string(), { maxLength: 3 });
const event = fc.record(
  { introduced: fc.string(), fixed: fc.string(), last_affected: fc.string(), limit: fc.string() },
  { requiredKeys: [] },
);
const pair = fc.record({ vulnerable: fc.string(), fixed: fc.string() });
const facts: fc.Arbitrary<AdvisoryFacts> = fc.record(
  {
    id: fc.string(),
    aliases: texts,
    severity: fc.constantFrom('critical', 'high', 'medium', 'low'),
    severityStated: fc.boolean(),
    cvss: fc.string(),
    malicious: fc.boolean(),
    informational: fc.string(),
    cwes: texts,
    published: fc.string(),
    ranges: fc.array(fc.record({ type: fc.constantFrom('SEMVER', 'ECOSYSTEM'), events: fc.array(event, { maxLength: 3 }) }), {
      maxLength: 3,
    }),
    versions: texts,
    patched: fc.string(),
    functions: texts,
    derived: fc.record(
      {
        pair,
        others: fc.array(pair, { maxLength: 2 }),
        distance: fc.constantFrom('patch', 'minor', 'major', 'inexact'),
        moduleOnly: fc.string(),
        functions: fc.array(
          fc.record({
            file: fc.string(),
            name: fc.string(),
            kind: fc.constantFrom('changed', 'removed', 'reader'),
            tier: fc.constantFrom('core', 'wide', 'swept'),
          }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['pair', 'distance', 'functions'] },
    ),
  },
  { requiredKeys: ['id', 'aliases', 'severity', 'severityStated', 'cwes', 'ranges', 'versions', 'functions'] },
);

describe('a line of the facts file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), facts, (ecosystem, name, advisory) => {
        const line = { ecosystem, package: name, advisory };
        expect(readLine(writeLine(line))).toEqual(line);
      }),
    );
  });
  it('is refused for any field of another kind', () => {
    const whole = { id: 'X', severity: 'low', severityStated: true };
    expect(factsOf(whole).id).toBe('X');
    const wrong = {
      id: 1,
      severity: 'bad',
      severityStated: 'yes',
      aliases: 'X',
      cwes: [1],
      ranges: [{ type: 'GIT', events: [] }],
      versions: {},
      functions: [null],
      cvss: 3,
      malicious: 'no',
      published: {},
      patched: [],
      informational: 0,
      derived: { pair: { vulnerable: '1', fixed: '2' }, distance: 'far', functions: [] },
    };
    for (const [key, value] of Object.entries(wrong)) expect(() => factsOf({ ...whole, [key]: value })).toThrow();
    for (const events of [[1], [null], [{ introduced: 0 }], [{ other: '1' }], 'x'])
      expect(() => factsOf({ ...whole, ranges: [{ type: 'SEMVER', events }] })).toThrow();
    for (const value of [null, [], 'x', 1, undefined]) expect(() => factsOf(value)).toThrow();
  });
  it('throws nothing but errors', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          factsOf(json);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
