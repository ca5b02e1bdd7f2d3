import type { FunctionTexts } from '@breakwater/engine/advisories/derive/texts';
import type { ShownAdvisory } from '@breakwater/engine/advisories/open';
import { describe, expect, it } from 'vitest';
import { styleOf } from '../terminal/style.ts';
import { diffLines, symbolLines } from './symbols-text.ts';

const style = styleOf({ columns: 100, colour: false, unicode: true, interactive: false });
const pair = { vulnerable: '1.2.5', fixed: '1.2.6' };
const shown: ShownAdvisory = {
  ecosystem: 'npm',
  package: 'minimist',
  advisory: {
    id: 'GHSA-xvch-5gv4-984h',
    aliases: [],
    severity: 'critical',
    severityStated: true,
    cwes: [],
    ranges: [],
    versions: [],
    functions: ['minimist.setKey'],
    derived: {
      pair,
      distance: 'patch',
      functions: [
        { file: 'index.js', name: 'exports>setKey', kind: 'changed', tier: 'core' },
        { file: 'index.js', name: 'isNumber', kind: 'reader', tier: 'wide' },
      ],
    },
  },
};
const before = { line: 40, text: 'function setKey(o) {\n  a();\n  b();\n  c();\n  d();\n}' };
const text: FunctionTexts = {
  derived: { file: 'index.js', name: 'exports>setKey', kind: 'changed', tier: 'core' },
  pair,
  before,
  after: { line: 41, text: 'function setKey(o) {\n  a();\n  b();\n  check(o);\n  d();\n}' },
};

describe('the functions of an advisory', () => {
  it('are those it names, and those of its fix by what they say, with the change of each', () =>
    expect(symbolLines(shown, [text], style)).toEqual([
      'GHSA-xvch-5gv4-984h npm minimist',
      '  named by the advisory',
      '    minimist.setKey',
      '  derived from 1.2.5 → 1.2.6 (patch), 2 functions',
      '  core: the fix, as far as can be told',
      '    exports>setKey  index.js:40',
      '      @@ line 43 @@',
      '         a();',
      '         b();',
      '      -  c();',
      '      +  check(o);',
      '         d();',
      '       }',
      '  wide: changed in the same release',
      '    isNumber  index.js  reads a value that changed',
    ]));

  it('says what is not known', () => {
    const { derived, ...bare } = shown.advisory;
    expect(symbolLines({ ...shown, advisory: { ...bare, functions: [] } }, [], style).slice(1)).toEqual([
      '  the advisory names no function',
      '  nothing is derived from its fix',
    ]);
    const only = {
      pair,
      others: [{ vulnerable: '0.2.1', fixed: '0.2.2' }],
      distance: 'inexact',
      moduleOnly: 'minified',
      functions: [],
    } as const;
    expect(derived).toBeDefined();
    expect(symbolLines({ ...shown, advisory: { ...bare, derived: only } }, [], style).slice(3)).toEqual([
      '  derived from 1.2.5 → 1.2.6 (inexact)',
      '    and from 0.2.1 → 0.2.2',
      '  ? counts for the whole package: minified',
    ]);
  });

  it('shows no control characters of a package, and cuts what is long', () => {
    const evil = { ...text, after: { line: 1, text: `function setKey(o) {\n\u001b[31m${'x();\n'.repeat(100)}}` } };
    const lines = diffLines(evil, style);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toMatch(/… \d+ more lines/);
  });

  it('keeps the quotes of templates', () => {
    const after = { line: 1, text: before.text.replace('c()', 'c(`x${1}`, `y`)') };
    expect(diffLines({ ...text, after }, style)).toContain('      +  c(`x${1}`, `y`);');
  });

  it('has no diff for what is gone or the same', () => {
    const { after: _after, ...gone } = text;
    expect(diffLines(gone, style)).toEqual([]);
    expect(diffLines({ ...text, after: before }, style)).toEqual([]);
  });
});
