/** The whole terminal report as people see it: wide, 80 columns, without colour, without UTF-8, piped. UPDATE_GOLDENS=1 rewrites. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../packages/cli/src/explain/errors.ts';
import { explainFinding } from '../../../packages/cli/src/explain/finding.ts';
import { renderPretty } from '../../../packages/cli/src/render/pretty/render.ts';
import { styleOf } from '../../../packages/cli/src/terminal/style.ts';
import { type Terminal, terminalOf } from '../../../packages/cli/src/terminal/terminal.ts';
import { blockedRun, incompleteRun, nothingRun, passedRun, smallRun } from '../report/samples.ts';

const folder = join(import.meta.dirname, 'expected');

const golden = (name: string, text: string): void => {
  const file = join(folder, `${name}.txt`);
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
};

const wide: Terminal = { columns: 100, colour: true, unicode: true, interactive: true };
const terminals: Readonly<Record<string, Terminal>> = {
  wide,
  narrow: { ...wide, columns: 80 },
  'no-colour': terminalOf({ isTTY: true, columns: 100 }, { NO_COLOR: '1' }),
  ascii: terminalOf({ isTTY: true, columns: 100 }, { NO_COLOR: '1', LC_ALL: 'C' }),
  piped: terminalOf({}, {}),
};
const runs = { blocked: blockedRun, small: smallRun, passed: passedRun, incomplete: incompleteRun, nothing: nothingRun };
const show = (run: typeof blockedRun, terminal: Terminal, all = false, quiet = false): string =>
  renderPretty(run, styleOf(terminal), { all, quiet });
const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('the terminal report', () => {
  it.each(Object.entries(terminals))('of a blocked run, %s', (name, terminal) => golden(`blocked-${name}`, show(blockedRun, terminal)));
  it.each(Object.entries(runs))('of a run that is %s', (name, run) => golden(`${name}-plain`, show(run, { ...wide, colour: false })));
  it('lists everything on request', () => golden('small-all', show(smallRun, { ...wide, colour: false }, true)));
  it('is one line when it should be quiet', () => golden('blocked-quiet', show(blockedRun, { ...wide, colour: false }, false, true)));

  it.each(Object.entries(runs))('loses no word without colour: %s', (_name, run) => {
    expect(show(run, wide).replace(escapes, '')).toBe(show(run, { ...wide, colour: false }));
  });
  it.each([60, 80, 95, 96, 120])('never runs over %d columns, but for what cannot be broken', (columns) => {
    for (const run of Object.values(runs)) {
      const over = show(run, { ...wide, colour: false, columns })
        .split('\n')
        .filter((line) => [...line].length > columns && line.trim().includes(' ') && !/^(fix|[│◆·])|breakwater [a-z]/.test(line.trim()));
      expect(over).toEqual([]);
    }
  });
});

describe('explain', () => {
  const [first] = blockedRun.decision.verdicts.filter((verdict) => verdict.action === 'act');
  const finding = blockedRun.findings.find((one) => one.fingerprint === first?.fingerprint);
  if (finding === undefined) throw new Error('the sample blocks nothing');
  const explained = {
    run: blockedRun,
    finding,
    id: '7c1fe0',
    verdict: first,
    rule: blockedRun.rules.find((rule) => rule.id === finding.ruleId),
    command: 'breakwater fix 7c1fe0',
  };
  it.each([100, 80])('a finding at %d columns', (columns) => {
    const lines = explainFinding(explained, styleOf({ ...wide, colour: false, columns }), () => undefined);
    golden(`explain-${columns}`, `${lines.join('\n')}\n`);
  });
  it('an error', () => golden('explain-error', `${explainError('BW2007', styleOf({ ...wide, colour: false })).join('\n')}\n`));
});
