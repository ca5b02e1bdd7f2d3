import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../../tests/arbitraries/run.ts';
import type { Location } from '../../location.ts';
import { fromSarif } from './from-sarif.ts';
import { toSarif } from './to-sarif.ts';

const place = ({ uri, region, fullyQualifiedName }: Location) => ({ uri, region, fullyQualifiedName });
const log = (run: object) => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'other' } }, results: [], ...run }] });
const imported = (json: unknown) => {
  const parsed = fromSarif(json);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const one = (result: object, run: object = {}) => imported(log({ ...run, results: [{ message: { text: 'm' }, ...result }] })).findings[0];

describe('fromSarif of our own log', () => {
  it('keeps ids, kinds, severities, places, fingerprints and facts', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const { findings, incomplete } = imported(JSON.parse(JSON.stringify(toSarif(run))));
        expect(findings.length).toBe(run.findings.length);
        for (const [index, finding] of run.findings.entries()) {
          const back = findings[index];
          expect(back).toMatchObject({
            tool: 'breakwater',
            ruleId: finding.ruleId,
            kind: finding.kind,
            severity: finding.severity,
            confidence: finding.confidence,
            fingerprint: finding.fingerprint,
          });
          expect(back?.locations.map(place)).toEqual(finding.locations.map(place));
          expect((back?.codeFlow ?? []).map(place)).toEqual((finding.codeFlow ?? []).map(place));
          const { reachability, ...properties } = finding.properties;
          const { reachability: reached, ...others } = back?.properties ?? {};
          expect(others).toEqual(properties);
          expect(reached?.status).toBe(reachability?.status);
          expect((reached?.path ?? []).map(place)).toEqual((reachability?.path ?? []).map(place));
          expect(back?.component).toEqual(finding.component);
          expect(back?.vulnerability).toEqual(finding.vulnerability);
          const verdict = run.decision.verdicts.find((v) => v.fingerprint === finding.fingerprint);
          expect(back?.suppressed !== undefined).toBe(verdict?.exception !== undefined);
        }
        if (run.problems.some((p) => p.incomplete)) expect(incomplete).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('fromSarif of other tools', () => {
  it('takes severity from our word, the score of result or rule, then the level', () => {
    const rules = [
      { id: 'r', properties: { 'security-severity': '9.1' }, defaultConfiguration: { level: 'note' } },
      { id: 's', defaultConfiguration: { level: 'error' } },
    ];
    const run = { tool: { driver: { name: 'other', rules } } };
    expect(one({ ruleId: 'r' }, run)?.severity).toBe('critical');
    expect(one({ ruleId: 'r', properties: { 'security-severity': 3.2 } }, run)?.severity).toBe('low');
    expect(one({ ruleId: 'r', properties: { severity: 'medium' } }, run)?.severity).toBe('medium');
    expect(one({ ruleId: 's' }, run)?.severity).toBe('high');
    expect(one({ ruleId: 's', level: 'none' }, run)?.severity).toBe('info');
    expect(one({ ruleId: 'absent' }, run)?.severity).toBe('medium');
    expect(one({ ruleId: 'r', properties: { 'security-severity': 'huge' } }, run)?.severity).toBe('critical');
  });

  it('finds the rule by index, in an extension, or above a sub-rule', () => {
    const rules = [{ id: 'a' }, { id: 'b', helpUri: 'https://example.test/b' }];
    const tool = {
      driver: { name: 'other', rules },
      extensions: [{ rules: [{ id: 'packed', shortDescription: { text: 'from the pack' } }] }],
    };
    expect(one({ ruleIndex: 1 }, { tool })).toMatchObject({ ruleId: 'b', helpUri: 'https://example.test/b' });
    expect(one({ message: {}, rule: { index: 0, toolComponent: { index: 0 } } }, { tool })).toMatchObject({
      ruleId: 'packed',
      message: 'from the pack',
    });
    expect(one({ ruleId: 'b/c', ruleIndex: 0 }, { tool })?.helpUri).toBe('https://example.test/b');
    expect(one({})?.ruleId).toBe('unnamed');
  });

  it('reads the message from the rule and puts arguments in', () => {
    const tool = { driver: { name: 'other', rules: [{ id: 'r', messageStrings: { default: { text: '{0} calls {1}, {7}' } } }] } };
    expect(one({ ruleId: 'r', message: { id: 'default', arguments: ['a', 'b'] } }, { tool })?.message).toBe('a calls b, {7}');
    expect(one({ message: { text: 'literally {0}' } })?.message).toBe('literally {0}');
  });

  it('makes places relative as far as the log allows', () => {
    const at = (artifactLocation: object, run: object = {}) =>
      one({ locations: [{ physicalLocation: { artifactLocation } }] }, run)?.locations[0]?.uri;
    const bases = { originalUriBaseIds: { ROOT: { uri: 'file:///home/x/app/' }, SRC: { uri: 'src' } } };
    expect(at({ uri: './a%20b.js' })).toBe('a b.js');
    expect(at({ uri: 'src\\a.js' })).toBe('src/a.js');
    expect(at({ uri: '100%/x%ZZ.js' })).toBe('100%/x%ZZ.js');
    expect(at({ uri: 'file:///home/x/app/lib/a.js' }, bases)).toBe('lib/a.js');
    expect(at({ uri: 'a.js', uriBaseId: 'SRC' }, bases)).toBe('src/a.js');
    expect(at({ uri: 'a.js', uriBaseId: 'ROOT' }, bases)).toBe('a.js');
    expect(at({ index: 0 }, { artifacts: [{ location: { uri: 'from/the/list.js' } }] })).toBe('from/the/list.js');
    expect(one({ locations: [{ logicalLocations: [{ name: 'f' }] }] })?.locations).toEqual([{ uri: '', fullyQualifiedName: 'f' }]);
    const region = (region: object) =>
      one({ locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region } }] })?.locations[0]?.region;
    expect(region({ startLine: 0 })).toBeUndefined();
    expect(region({ startLine: 3, startColumn: 0, endLine: 4 })).toEqual({ startLine: 3, endLine: 4 });
  });

  it('finds weaknesses in tags and references, however they are spelt', () => {
    const tags = ['security', 'external/cwe/cwe-079', 'CWE-89: SQL injection', 'not-cwe-1', 'CWE-79'];
    const tool = {
      driver: {
        name: 'other',
        rules: [{ id: 'r', properties: { tags }, relationships: [{ target: { id: '22', toolComponent: { name: 'cwe' } } }] }],
      },
    };
    expect(one({ ruleId: 'r', taxa: [{ id: 'CWE-78', toolComponent: { name: 'CWE' } }] }, { tool })?.taxa).toEqual([
      'CWE-79',
      'CWE-89',
      'CWE-22',
      'CWE-78',
    ]);
  });

  it('gives parts of an identity that hold no line and are unique', () => {
    const results = [
      { ruleId: 'r', message: { text: 'm' }, fingerprints: { 'matchBasedId/v1': 'requires login' } },
      { ruleId: 'r', message: { text: 'm' }, fingerprints: { 'matchBasedId/v1': 'requires login' } },
      {
        ruleId: 'r',
        message: { text: 'm' },
        partialFingerprints: { primaryLocationLineHash: 'ab:1', primaryLocationStartColumnFingerprint: '4' },
      },
    ].map((result, line) => ({
      ...result,
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { startLine: line + 10 } } }],
    }));
    const identities = imported(log({ results })).findings.map((f) => f.identity);
    expect(identities).toEqual([
      ['other', 'r', 'a.js', '', 'm', '0'],
      ['other', 'r', 'a.js', '', 'm', '1'],
      ['other', 'r', 'a.js', 'primaryLocationLineHash=ab:1', '0'],
    ]);
  });

  it('hears when a tool did not finish', () => {
    expect(imported(log({})).incomplete).toEqual([]);
    expect(imported(log({ results: null })).incomplete).toEqual(['other: gave no results']);
    expect(imported(log({ invocations: [{ executionSuccessful: false }] })).incomplete).toEqual(['other: says that it did not succeed']);
    const notes = [
      { level: 'error', message: { text: 'a.js did not parse' } },
      { level: 'warning', message: { text: 'slow' } },
    ];
    expect(imported(log({ invocations: [{ executionSuccessful: false, toolExecutionNotifications: notes }] })).incomplete).toEqual([
      'other: a.js did not parse',
    ]);
  });

  it('knows suppressed from rejected, and does not take the facts of another tool for ours', () => {
    expect(one({ suppressions: [{ kind: 'inSource' }] })?.suppressed).toBe('');
    expect(
      one({
        suppressions: [
          { kind: 'external', status: 'rejected' },
          { kind: 'external', status: 'underReview' },
        ],
      }),
    ).not.toHaveProperty('suppressed');
    expect(
      one({ properties: { exposure: 'internet', reachability: { status: 'unreachable', granularity: 'function', because: [] } } })
        ?.properties,
    ).toEqual({});
  });

  it('names the place that is not as the standard says', () => {
    expect(fromSarif(log({ results: [{ message: { text: 'm' } }, { message: 'plain' }] }))).toEqual({
      ok: false,
      error: expect.stringMatching(/^runs\[0\]\.results\[1\]\.message: /),
    });
    expect(fromSarif({ version: '1.0.0', runs: [] })).toEqual({ ok: false, error: 'version: only SARIF 2.1.0 is read' });
    expect(fromSarif(null)).toEqual({ ok: false, error: expect.stringMatching(/^the file: /) });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof fromSarif(json).ok === 'boolean'));
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof fromSarif(log({ results: [json], invocations: json })).ok === 'boolean'));
  });
});
