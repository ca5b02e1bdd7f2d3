/** The parts of the harness that need no install: programs, coverage, the place of a sink, checks of paths, the report. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { parseModule } from '../../packages/engine/src/javascript/syntax/syntax.ts';
import { coveredFunctions, innermost, lineOf, offsetOf } from './coverage.ts';
import type { EntryCall, Fact } from './facts.ts';
import { halfOf } from './facts.ts';
import type { Outcome } from './outcome.ts';
import { checkStep } from './path-check.ts';
import { exploitProgram, importProgram } from './programs.ts';
import { recordOf } from './records.ts';
import { report } from './report.ts';
import { locateSink, sameEnd } from './sink.ts';

const calls: readonly EntryCall[] = [
  { module: 'a/lib', path: 'Parser', kind: 'new' },
  { module: 'a/lib', path: 'Parser().parse', kind: 'call' },
  { module: 'a/lib', path: 'Parser().parse().then', kind: 'call' },
];

it('follows the entry calls in order, each on the result of the one before', () => {
  const text = exploitProgram(calls, 'require');
  expect(text).toContain("const m0 = require('a/lib');");
  expect(text).toMatch(/r0 = new m0\.Parser\(.*\);[\s\S]*?r1 = r0\.parse\('text'\);[\s\S]*?r2 = r1\.then\(ignore\);/);
  expect(parseModule(text, 'exploit.js')).toMatchObject({ ok: true });
});

it('calls the package itself, members that are no names, and results that no call was stated for', () => {
  expect(exploitProgram([{ module: 'a', path: '', kind: 'call' }], 'require')).toContain('r0 = m0();');
  const text = exploitProgram([{ module: 'a', path: 'x-y().z', kind: 'call' }], 'import');
  expect(text).toContain("import * as m0 from 'a';");
  expect(text).toMatch(/r0 = m0\["x-y"\]\(\);[\s\S]*?r1 = r0\.z\(\);/);
});

it('only loads the same modules in the twin', () => {
  expect(importProgram(calls, 'require')).toBe("const m0 = require('a/lib');\n");
  expect(importProgram([{ module: 'a', path: '()', kind: 'call' }], 'import')).toBe("import m0 from 'a';\n");
});

const covered = (folder: string, functions: readonly (readonly [string, number, number, number])[]): string =>
  JSON.stringify({
    result: [
      {
        url: pathToFileURL(join(folder, 'node_modules/a/i.js')).href,
        functions: functions.map(([functionName, startOffset, endOffset, count]) => ({
          functionName,
          ranges: [{ startOffset, endOffset, count }],
        })),
      },
      { url: 'node:fs', functions: [] },
    ],
  });

it('joins the coverage of several processes and finds the innermost function', () => {
  const files = coveredFunctions(
    [
      covered('/app', [
        ['', 0, 90, 1],
        ['f', 10, 50, 0],
      ]),
      covered('/app', [
        ['f', 10, 50, 2],
        ['g', 20, 30, 0],
      ]),
    ],
    '/app',
  );
  const functions = files.get('node_modules/a/i.js') ?? [];
  expect([...files.keys()]).toEqual(['node_modules/a/i.js']);
  expect(innermost(functions, 25)).toMatchObject({ name: 'g', ran: false });
  expect(innermost(functions, 40)).toMatchObject({ name: 'f', ran: true });
  expect(innermost(functions, 95)).toBeUndefined();
});

it('turns lines and columns into offsets and back', () => {
  expect([offsetOf('ab\ncd\n', 2, 2), offsetOf('ab\ncd', 2, 9), offsetOf('ab', 2, 1)]).toEqual([4, 5, undefined]);
  expect(lineOf('ab\ncd', 4)).toBe(2);
});

const fact: Fact = {
  id: 'c/a_1.0.0',
  class: 'c',
  package: 'a',
  version: '1.0.0',
  cve: [],
  ghsa: [],
  sinkFile: 'src/lib/i.js',
  sinkLine: 2,
  sinkColumn: 3,
};

it('locates a sink by the end of its path, and names the function around it', () => {
  const app = mkdtempSync(join(tmpdir(), 'bw-sink-'));
  mkdirSync(join(app, 'node_modules/a/lib'), { recursive: true });
  writeFileSync(join(app, 'node_modules/a/lib/i.js'), 'exports.f = function () {\n  eval(1);\n};\n(function () { eval(2) })();\n');
  const never = (): boolean => false;
  expect(locateSink(app, fact, never)).toEqual({ ok: true, file: 'node_modules/a/lib/i.js', exact: false, offset: 28, fn: 'f' });
  expect(locateSink(app, { ...fact, sinkLine: 4, sinkColumn: 16 }, never)).not.toHaveProperty('fn');
  expect(locateSink(app, { ...fact, sinkLine: 40 }, never)).toEqual({ ok: false, why: 'lib/i.js has no line 40' });
  expect(locateSink(app, { ...fact, sinkFile: 'src/x.ts' }, never)).toEqual({ ok: false, why: 'the published package has no src/x.ts' });
  const files = coveredFunctions(
    [
      covered(app, [
        ['', 0, 80, 1],
        ['exports.f', 12, 40, 0],
      ]),
    ],
    app,
  );
  const at = (uri: string, startLine: number) => checkStep(app, { uri, region: { startLine } }, files);
  expect([at('node_modules/a/i.js', 1), at('node_modules/a/lib/i.js', 1)]).toEqual(['missing', 'callable']);
});

it('prefers the longest common end', () => {
  expect(sameEnd('x/lib/i.js', ['i.js', 'lib/i.js', 'dist/lib/i.js'])).toEqual(['lib/i.js', 'dist/lib/i.js']);
});

it('names functions only where they are known from the sink', () => {
  const sink = { ok: true, file: 'node_modules/a/i.js', exact: true, offset: 1, fn: 'f' } as const;
  expect(recordOf(fact, 'sink', sink)).toMatchObject({
    affected: [{ versions: ['1.0.0'], ecosystem_specific: { affected_functions: ['a.f'] } }],
  });
  expect(recordOf({ ...fact, fixedVersion: '1.0.1' }, 'derived', sink)).toMatchObject({
    affected: [{ ranges: [{ events: [{ introduced: '0' }, { fixed: '1.0.1' }] }] }],
  });
  expect(JSON.stringify(recordOf(fact, 'none', sink))).not.toContain('affected_functions');
});

it('halves by the name of the package alone', () => {
  expect([halfOf({ package: 'lodash' }), halfOf({ package: 'lodash' })]).toEqual(['A', 'A']);
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => halfOf({ package: name }))).size).toBe(2);
});

const outcome = (id: string, kind: Outcome['kind'], more: Partial<Outcome>): Outcome => ({
  id,
  class: 'c',
  half: 'A',
  kind,
  fixed: true,
  fn: 'f',
  reached: 'ran',
  timedOut: false,
  said: '',
  ms: 1,
  peakMb: 1,
  steps: [],
  ...more,
});
const verdict = (status: 'reachable' | 'unreachable' | 'unknown', granularity: 'module' | 'function') => ({
  verdict: { status, granularity, because: [] },
});

it('counts what ran, leaves out twins whose import is the exploit, and names what is wrong', () => {
  const text = report({
    outcomes: [
      outcome('x', 'exploit', { ...verdict('reachable', 'function'), steps: ['executed', 'callable'] }),
      outcome('x', 'import-only', { ...verdict('reachable', 'module'), reached: 'loaded' }),
      outcome('y', 'exploit', verdict('unreachable', 'function')),
      outcome('y', 'import-only', { ...verdict('reachable', 'function') }),
      outcome('z', 'exploit', { ...verdict('unreachable', 'function'), reached: 'loaded' }),
      outcome('secret', 'exploit', { ...verdict('unknown', 'module'), half: 'B' }),
    ],
    failed: [],
  });
  expect(text).toContain('| exploits called unreachable | 1 of 3 |');
  expect(text).toContain('| exploits reachable | 1 of 3 |');
  expect(text).toContain('| import-only twins reachable by function | 0 of 1 |');
  expect(text).toContain('WRONG, called unreachable though it ran: y');
  expect(text).toContain('Paths: 1 claimed, 0 of them executed at every step; 2 steps: 1 executed, 1 callable, 0 at no such place.');
  expect(text).not.toContain('secret');
});
