import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../../tests/arbitraries/run.ts';
import { at, finding, flaw, judge, rule, runOf } from '../../../../../tests/golden/report/build.ts';
import { blockedRun, incompleteRun, nothingRun, passedRun, smallRun } from '../../../../../tests/golden/report/samples.ts';
import { renderHtml } from './render.ts';

const inside = (page: string, tag: string): readonly string[] =>
  [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map((match) => match[1] ?? '');
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const textOnly = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '');

describe('the report', () => {
  it('allows its own style and script by their hash, and nothing else', () => {
    const page = renderHtml(smallRun);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    const styles = inside(page, 'style');
    expect(styles).toHaveLength(2);
    for (const style of styles) expect(policy).toContain(hash(style));
    expect(inside(page, 'script').map(hash)).toEqual([/script-src ([^;]+)/.exec(policy)?.[1]]);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('unsafe');
  });

  it('states the policy before anything that it governs', () => {
    const page = renderHtml(smallRun);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('loads nothing and has no inline style or handler, which the policy would refuse', () => {
    for (const run of [blockedRun, passedRun, incompleteRun, nothingRun]) {
      const page = textOnly(renderHtml(run));
      expect(page).not.toMatch(/\s(?:src|srcset|style|on[a-z]+)=/);
      expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b/);
      expect(page).not.toMatch(/href="(?!#)/);
      expect(renderHtml(run)).not.toMatch(/url\(|@import/);
    }
  });

  it('says the verdict in its heading, and shows red only when something is to act on', () => {
    expect(renderHtml(blockedRun)).toContain('<h1>checkout 1.42.0 is blocked by 4 of 1,811 alerts</h1>');
    const passed = textOnly(renderHtml(passedRun));
    expect(passed).toContain('<h1>checkout 1.42.0 passed: 0 of 1,807 alerts to act on</h1>');
    expect(passed).not.toMatch(/class="[^"]*\b(?:act|red)\b/);
  });

  it('draws a dot for each alert that is not named', () => {
    const dots = renderHtml(blockedRun).match(/M[\d.]+ [\d.]+h0/g) ?? [];
    const rings = 16; // drawn twice, to make a ring
    expect(dots).toHaveLength(1_811 - 5 - 4 + rings);
  });

  it('has one card for each cause, with its command to copy', () => {
    const page = renderHtml(smallRun);
    expect(page.match(/<article class="card"/g)).toHaveLength(2);
    expect(page).toMatch(/data-copy="breakwater fix [0-9a-f]{6}"/);
    expect(page).toContain('CVE-2021-23337');
  });

  it('has every alert behind a number', () => {
    const numbers = [...renderHtml(blockedRun).matchAll(/data-n="(\d+)"/g)].map((match) => Number(match[1]));
    expect(numbers.reduce((sum, n) => sum + n, 0)).toBe(1_807);
    expect(renderHtml(blockedRun).match(/class="faint">(?:critical|high|medium|low), [0-9a-f]{6}/g)).toHaveLength(1_807);
  });

  it('says what was not looked at and how to change it', () => {
    const page = renderHtml(incompleteRun);
    expect(page).toContain('src/legacy/tax.js:214');
    expect(page).toContain('<code>breakwater scan --skip image</code>');
    expect(page).toContain('Nothing to act on so far');
  });

  it('says a defect of the sums on the page', () => {
    expect(renderHtml({ ...smallRun, funnel: { ...smallRun.funnel, track: 7 } })).toContain('BW5011');
  });

  it('has anchors for all its links', () => {
    for (const run of [blockedRun, passedRun, incompleteRun, nothingRun, smallRun]) {
      const page = renderHtml(run);
      const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
      expect(ids.size).toBe([...page.matchAll(/ id="/g)].length);
      for (const [, target] of page.matchAll(/(?:href="#|aria-controls="|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
    }
  });

  it('stays small for a flood of alerts', () => {
    const many = Array.from({ length: 30_000 }, (_, i) =>
      judge(flaw(`p${i % 50}`, '1.0.0', `CVE-${i}`, { scope: 'excluded' }), 'track', 'r'),
    );
    const page = renderHtml(runOf(many, 'passed'));
    expect(page).toContain('Each dot is 20 alerts');
    expect(page).toContain('28,000 more alerts in the JSON and SARIF output');
    expect(page.length).toBeLessThan(400_000);
  });

  it('lists what acts beyond the cards', () => {
    const many = Array.from({ length: 75 }, (_, i) => judge(finding(`secret ${i}`), 'act', 'r'));
    const page = renderHtml(runOf(many, 'blocked'));
    expect(page.match(/<article class="card"/g)).toHaveLength(60);
    expect(page).toContain('15 more causes');
  });
});

describe('a hostile run', () => {
  const EVIL = `</code></script><script>alert("1")</script>'"\`\u2028\u2029\u202e\u2066\u0000--><img src=x onerror=alert(1)>`;
  const evil = finding(EVIL, {
    message: EVIL,
    locations: [at(`src/${EVIL}.js:3`, EVIL, EVIL)],
    codeFlow: [at(`${EVIL}:1`, EVIL, EVIL), at(`${EVIL}:2`)],
    properties: {
      ownership: { owner: EVIL, source: 'CODEOWNERS', at: EVIL },
      remedy: { kind: 'patch', summary: EVIL },
      reachability: { status: 'unknown', granularity: 'module', because: [EVIL] },
    },
  });
  const rules = [
    {
      ...rule('code/example', EVIL, EVIL, EVIL, [EVIL]),
      help: { why: EVIL, fix: EVIL, references: ['javascript:alert(1)', `https://e/"><x`] },
    },
  ];
  const run = runOf(
    [
      judge(evil, 'act', EVIL, [EVIL], { wouldChange: EVIL }),
      judge(flaw(EVIL, EVIL, EVIL, { message: EVIL, properties: evil.properties }), 'track', EVIL, [EVIL], {
        exception: { reason: EVIL, owner: EVIL, expires: EVIL },
      }),
    ],
    'blocked',
    {
      rules,
      application: { name: EVIL, version: EVIL, branch: EVIL },
      target: { kind: 'directory', uri: EVIL, revision: EVIL },
      notLookedAt: [`${EVIL} (${EVIL})`],
      steps: [{ id: EVIL, kind: 'control', status: 'complete', looked: EVIL, durationMs: 1 }],
      problems: [{ code: 'BW5001', source: EVIL, uri: EVIL, message: EVIL, hint: EVIL, incomplete: true }],
    },
  );

  it('cannot add markup, break out of an attribute or turn the text', () => {
    const page = renderHtml(run);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|onerror=alert\(1\)>/);
    expect(page).not.toMatch(/[\p{Zl}\p{Zp}\p{Cf}]|(?!\n)\p{Cc}/u);
    expect(page).toContain('⟨U+202E⟩');
    expect(page).not.toContain('href="javascript:');
  });

  it('keeps the structure of a page without hostile text', () => {
    const tags = (page: string): readonly string[] =>
      (textOnly(page).match(/<\/?[a-z][a-z0-9]*/g) ?? []).filter((tag) => !/code/.test(tag));
    const calm = JSON.parse(JSON.stringify(run).replaceAll(JSON.stringify(EVIL).slice(1, -1), 'calm'));
    expect(tags(renderHtml(run))).toEqual(tags(renderHtml(calm)));
  });
});

describe('any run', () => {
  it('renders, the same each time, with as many tags closed as opened', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const page = renderHtml(run);
        expect(renderHtml(structuredClone(run))).toBe(page);
        for (const tag of ['section', 'article', 'table', 'tr', 'td', 'ul', 'ol', 'li', 'dl', 'code', 'span', 'div', 'script'])
          expect(page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length).toBe(page.match(new RegExp(`</${tag}>`, 'g'))?.length);
      }),
      { numRuns: 60 },
    );
  });
});
