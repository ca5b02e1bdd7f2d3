import { bucketOf, type Sha256 } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../../tests/arbitraries/run.ts';
import { at, finding, flaw, judge, rule, runOf } from '../../../../../tests/golden/report/build.ts';
import { blockedRun, incompleteRun, nothingRun, passedRun, smallRun } from '../../../../../tests/golden/report/samples.ts';
import {
  bucketCaption,
  bucketLabel,
  causesOf,
  fixCommand,
  fixHint,
  fixHints,
  funnelLine,
  groupFindings,
  judged,
  leftOut,
  named,
  pathOf,
  placeText,
  reachedWord,
  shortIds,
  sumsDefect,
  unfinished,
  unseen,
  verdictSentence,
} from './index.ts';

const print = (hex: string): Sha256 => `sha256:${hex.padEnd(64, '0')}`;

describe('short ids', () => {
  it('are six digits, more only where two would share them', () => {
    const prints = [print('aaaaaa1'), print('aaaaaa2'), print('bbbbbb')];
    const ids = shortIds(prints.map((fingerprint) => finding('x', { fingerprint })));
    expect(prints.map((p) => ids.get(p))).toEqual(['aaaaaa1', 'aaaaaa2', 'bbbbbb']);
  });

  it('name one finding each', () => {
    fc.assert(
      fc.property(anyRun, ({ findings }) => {
        const ids = [...shortIds(findings).values()];
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('components', () => {
  it.each([
    ['pkg:npm/ejs@3.1.6', 'ejs 3.1.6'],
    ['pkg:npm/%40shop/cart@2.0.1?x=y#sub', '@shop/cart 2.0.1'],
    ['pkg:deb/debian/libc6@2.31-13%2Bdeb11u5?arch=amd64', 'libc6 2.31-13+deb11u5'],
    ['pkg:golang/github.com/gorilla/mux@v1.8.0', 'github.com/gorilla/mux v1.8.0'],
    ['pkg:npm/%E0%A4%A@1', '%E0%A4%A 1'],
    ['pkg:npm/left-pad', 'left-pad'],
  ] as const)('%s is %s', (purl, expected) => expect(named({ purl, bomRef: purl, scope: 'required' }).text).toBe(expected));
});

describe('paths', () => {
  const reach = (path: readonly ReturnType<typeof at>[]) =>
    flaw('ejs', '3.1.6', 'CVE-1', { properties: { reachability: { status: 'reachable', granularity: 'function', because: [], path } } });

  it('name whose code a step stands in, by package or by folder', () => {
    const { kind, steps } = pathOf(
      reach([
        at('src/a.js:1', 'GET /'),
        at('lib/x.js:2', 'call', 'express@4.17.1'),
        at('node_modules/ejs/lib/ejs.js:3', undefined, 'Template.compile'),
        at('node_modules/a/node_modules/@b/c/i.js:4'),
      ]),
    );
    expect(kind).toBe('calls');
    expect(steps.map((step) => step.text)).toEqual(['GET /', 'call', 'Template.compile', 'i.js:4']);
    expect(steps.map((step) => step.whose)).toEqual([undefined, 'express 4.17.1', 'ejs 3.1.6', '@b/c']);
    expect(steps.map(placeText)).toEqual(['src/a.js:1', 'express 4.17.1, lib/x.js:2', 'ejs 3.1.6, lib/ejs.js:3', '@b/c']);
  });

  it('of a package that is only loaded, or of which no function is known, are the imports', () => {
    const kindOf = (status: 'reachable' | 'loaded' | 'executed', granularity: 'function' | 'module') =>
      pathOf(flaw('a', '1.0.0', 'CVE-1', { properties: { reachability: { status, granularity, because: [], path: [at('a.js:1')] } } }))
        .kind;
    expect([kindOf('loaded', 'function'), kindOf('reachable', 'module')]).toEqual(['loads', 'loads']);
    expect([kindOf('reachable', 'function'), kindOf('executed', 'function')]).toEqual(['calls', 'calls']);
  });

  it('fall back to the flow, the way in, the place', () => {
    expect(pathOf(finding('a', { codeFlow: [at('a.js:1')] })).kind).toBe('flow');
    expect(pathOf(flaw('a', '1.0.0', 'CVE-1', { codeFlow: [at('package.json:3')] })).kind).toBe('origin');
    expect(pathOf(reach([])).kind).toBe('places');
  });

  it('do not take a function with a space for a package', () => {
    expect(pathOf(reach([at('a.js:1', undefined, 'GET /orders')])).steps[0]).toEqual({ text: 'GET /orders', place: 'a.js:1' });
  });

  it('show what stands in no file by its name', () => {
    expect(pathOf(reach([at('', undefined, 'layer 7 of 9')])).steps[0]).toEqual({ text: 'layer 7 of 9', place: '' });
  });
});

describe('groups', () => {
  const lodash = (id: string, more = {}) => flaw('lodash', '4.17.11', id, more);

  it('put flaws of one package on one path together, most urgent first', () => {
    const run = runOf(
      [
        judge(lodash('CVE-1', { severity: 'high' }), 'act', 'r', ['one']),
        judge(lodash('CVE-2', { severity: 'critical' }), 'act', 'r', ['two']),
        judge(finding('secret', { severity: 'critical', message: 'A secret' }), 'act', 's'),
      ],
      'blocked',
    );
    const groups = groupFindings(run, 'act');
    expect(groups.map((group) => group.advisories)).toEqual([[], ['CVE-2', 'CVE-1']]);
    expect(groups[1]?.because).toEqual(['two']);
  });

  it('keep two paths to one package apart', () => {
    const to = (place: string) =>
      ({ reachability: { status: 'reachable', granularity: 'function', because: [], path: [at(place)] } }) as const;
    const run = runOf(
      [judge(lodash('CVE-1', { properties: to('a.js:1') }), 'act', 'r'), judge(lodash('CVE-2', { properties: to('b.js:1') }), 'act', 'r')],
      'blocked',
    );
    expect(groupFindings(run, 'act')).toHaveLength(2);
  });

  it('put known exploited first, then severity, then what is nearer', () => {
    const near = (status: 'reachable' | 'loaded') => ({ reachability: { status, granularity: 'module', because: [] } }) as const;
    const run = runOf(
      [
        judge(finding('critical', { severity: 'critical', message: 'critical' }), 'act', 'r'),
        judge(finding('kev', { severity: 'low', message: 'kev', properties: { exploitation: { kev: true, ssvc: 'active' } } }), 'act', 'r'),
        judge(flaw('a', '1.0.0', 'CVE-1', { message: 'loaded', properties: near('loaded') }), 'act', 'r'),
        judge(flaw('b', '1.0.0', 'CVE-2', { message: 'reachable', properties: near('reachable') }), 'act', 'r'),
      ],
      'blocked',
    );
    expect(groupFindings(run, 'act').map((group) => group.title)).toEqual(['kev', 'critical', 'reachable', 'loaded']);
  });

  it('hold each alert of the run once, together with the causes', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const acting = groupFindings(run, 'act').flatMap((group) => group.findings);
        const rest = causesOf(run).flatMap((cause) => cause.alerts);
        expect(acting).toHaveLength(run.funnel.act);
        expect(acting.length + rest.length).toBe(run.funnel.alerts);
        expect(groupFindings(run, 'attend').flatMap((group) => group.findings)).toHaveLength(run.funnel.attend);
        expect(groupFindings(run, 'track').flatMap((group) => group.findings)).toHaveLength(run.funnel.track);
      }),
      { numRuns: 100 },
    );
  });

  it('show an alert without a verdict as one to act on', () => {
    const run = { ...smallRun, decision: { ...smallRun.decision, verdicts: [] } };
    expect(groupFindings(run, 'act').flatMap((group) => group.findings)).toHaveLength(12);
    expect(sumsDefect(run)).toContain('does not add up');
  });
});

describe('fixes', () => {
  const fixed = flaw('a', '1.0.0', 'CVE-1', { vulnerability: { id: 'CVE-1', aliases: [], fixed: ['1.0.1', '2.0.0'] } });
  const ruled = rule('code/x', 'x', 'why', 'Do this.');

  it('take the remedy, then a fixed version, then the advice of the rule', () => {
    const remedied = { ...fixed, properties: { remedy: { kind: 'patch', summary: 'a 1.0.0 → 1.0.1' } } } as const;
    expect([fixHint(remedied, ruled), fixHint(fixed, ruled), fixHint(finding('x'), ruled), fixHint(finding('x'), undefined)]).toEqual([
      'a 1.0.0 → 1.0.1',
      'fixed in 1.0.1',
      'Do this.',
      '',
    ]);
  });

  it('offer a command only where there is a change to try', () => {
    const blocked = { ...fixed, properties: { remedy: { kind: 'blocked', summary: 'no' } } } as const;
    const id = () => 'abc123';
    expect(fixCommand([fixed], id)).toBe('breakwater fix abc123');
    expect(fixCommand([blocked, finding('x')], id)).toBeUndefined();
    expect(
      fixCommand(
        Array.from({ length: 9 }, () => fixed),
        id,
      ),
    ).toBe('breakwater fix abc123');
  });

  it('name one version for a group: the highest that any of them needs', () => {
    const other = flaw('a', '1.0.0', 'CVE-2', { vulnerability: { id: 'CVE-2', aliases: [], fixed: ['0.9.9', '1.2.0'] } });
    expect(fixHints([fixed, other], () => undefined)).toBe('fixed in 1.2.0');
  });
});

describe('causes', () => {
  it('give a reason only when all alerts of the row have it', () => {
    const alert = (id: string, why: string) => {
      const reachability = { status: 'reachable', granularity: 'function', because: [why], path: [at('a.js:1')] } as const;
      return judge(flaw('a', '1.0.0', id, { properties: { reachability } }), 'track', 'r');
    };
    const whereOf = (...alerts: ReturnType<typeof alert>[]) => causesOf(runOf(alerts, 'passed')).map((cause) => cause.where);
    expect(whereOf(alert('CVE-1', 'f, changed by the fix'), alert('CVE-2', 'f, changed by the fix'))).toEqual([
      'a.js:1; f, changed by the fix',
    ]);
    expect(whereOf(alert('CVE-1', 'f'), alert('CVE-2', 'g'))).toEqual(['a.js:1']);
  });
});

describe('funnel in words', () => {
  it('has the captions of the terminal', () => {
    expect(bucketCaption(blockedRun, 'loaded')).toBe('not proven, so counted: 5 attend, 16 track');
    expect(bucketCaption(blockedRun, 'unknown')).toBe('`require(name)` at src/plugins/load.js:9 may load it: 7 attend, 9 track');
    expect(bucketCaption(blockedRun, 'reachable')).toBe('5 track');
    expect(bucketLabel(blockedRun, 'reachable')).toBe('reachable, medium or low');
    expect(bucketLabel(smallRun, 'reachable')).toBe('reachable or exposed, not to act on');
  });

  it('says reachable only of what has a path', () => {
    const unanalysed = runOf([judge(flaw('a', '1.0.0', 'CVE-1'), 'attend', 'r')], 'passed');
    expect([reachedWord(passedRun), reachedWord(smallRun), reachedWord(unanalysed)]).toEqual([
      'reachable',
      'reachable or exposed',
      'not ruled out',
    ]);
    expect(bucketLabel(unanalysed, 'reachable')).toBe('not ruled out, not to act on');
  });

  it('writes the line, and marks it when something was not looked at', () => {
    expect(funnelLine(passedRun)).toBe('1,807 alerts → 605 in what is shipped → 139 in what is loaded → 5 reachable → 0 to act on');
    expect(funnelLine(incompleteRun, false)).toBe('at least 642 alerts → 42 shipped → 42 loaded → 5 reachable → 0 to act on so far');
  });

  it('sees sums that do not hold', () => {
    expect(sumsDefect(blockedRun)).toBe('');
    expect(sumsDefect({ ...blockedRun, funnel: { ...blockedRun.funnel, track: 31 } })).toContain('BW5011');
  });

  it('puts each alert into the bucket of the model', () => {
    for (const alert of judged(smallRun)) expect(alert.bucket).toBe(bucketOf(alert.finding, alert.verdict.action));
  });
});

describe('verdicts', () => {
  it('are one sentence', () => {
    expect([blockedRun, passedRun, incompleteRun, nothingRun].map(verdictSentence)).toEqual([
      'checkout 1.42.0 is blocked by 4 of 1,811 alerts',
      'checkout 1.42.0 passed: 0 of 1,807 alerts to act on',
      'checkout 1.42.0 is not fully looked at: 2 things left out, so this is not a pass',
      'There is nothing to scan in docs/',
    ]);
    expect(verdictSentence(runOf([], 'passed'))).toBe('checkout 1.42.0 passed: no alerts in what was looked at');
  });
});

describe('coverage', () => {
  it('lists worst first what was not looked at', () => {
    expect(unseen(incompleteRun).map((row) => [row.mark, row.name])).toEqual([
      ['unknown', 'image'],
      ['unknown', 'sast'],
      ['unknown', '16 unknown'],
      ['off', 'dast'],
      ['off', 'runtime'],
      ['off', 'threats'],
      ['note', 'dependencies'],
    ]);
  });

  it('does not let a step go under that failed without a word', () => {
    const steps = [{ id: 'code/sast', kind: 'control', status: 'timed-out', looked: '', durationMs: 1 }] as const;
    const run = runOf([], 'incomplete', { steps, notLookedAt: [] });
    expect(unfinished(run)).toBe(1);
    expect(unseen(run)).toEqual([{ name: 'sast', why: 'was stopped: it took too long', mark: 'unknown' }]);
  });

  it.each([
    ['a.js:9 require(name) (require of a name that is not constant)', 'reachability.pins'],
    ['a.js:18 a → b (which function is called cannot be told)', '--coverage'],
    ['a.js:3 source missing of b 1.0.0: offline', 'Install'],
    ['no entry point found', 'application.entries'],
  ])('says what would settle %s', (cause, hint) => {
    const reachability = { status: 'unknown', granularity: 'function', because: [cause] } as const;
    const run = runOf([judge(flaw('a', '1.0.0', 'CVE-1', { properties: { reachability } }), 'track', 'r')], 'passed');
    expect(unseen(run).find((row) => row.why === cause)?.hint).toContain(hint);
  });

  it('shows findings that could not be told', () => {
    const open = finding('o', { kind: 'open', message: 'the value is not known', ruleId: 'deploy/bucket-public' });
    const run = { ...runOf([], 'passed', { notLookedAt: [] }), findings: [open] };
    expect(unseen(run)).toEqual([{ name: 'bucket-public', why: 'the value is not known', place: 'src/example.js:1', mark: 'unknown' }]);
  });

  it('splits a reason from its name', () => {
    expect(leftOut('dast (no address)')).toEqual({ name: 'dast', why: 'no address', mark: 'off' });
    expect(leftOut('plain')).toEqual({ name: 'plain', why: '', mark: 'off' });
  });
});
