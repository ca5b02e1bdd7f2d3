import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../../tests/arbitraries/run.ts';
import { finding, judge, runOf } from '../../../../../tests/golden/report/build.ts';
import { blockedRun, incompleteRun, nothingRun, passedRun, smallRun } from '../../../../../tests/golden/report/samples.ts';
import { code, sentence, text } from './escape.ts';
import { renderMarkdown } from './render.ts';

describe('escaping', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['[x](javascript:1)', '&#91;x&#93;(javascript:1)'],
    ['![x](y)', '!&#91;x&#93;(y)'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['**b** _i_ ~s~ `c`', '&#42;&#42;b&#42;&#42; &#95;i&#95; &#126;s&#126; &#96;c&#96;'],
    ['ask @team/x', 'ask @&#8203;team/x'],
    ['fixes #12 and GH-3', 'fixes #&#8203;12 and GH&#8203;-3'],
    ['see https://evil.test', 'see https:&#8203;//evil.test'],
    ['www.evil.test', 'www&#8203;.evil.test'],
    ['&lt; $x$ a\\|b', '&#38;lt; &#36;x&#36; a&#92;&#124;b'],
    ['two\nlines \u202e', 'two lines ⟨U+202E⟩'],
  ])('%j as text', (raw, expected) => expect(text(raw)).toBe(expected));

  it('keeps code as code, as HTML where it could end early', () => {
    expect(code('src/a.js:3')).toBe('`src/a.js:3`');
    expect(code('a`b|c')).toBe('<code>a&#96;b&#124;c</code>');
    expect(code('</code>@x')).toBe('`</code>@x`');
    expect(code('  ')).toBe('');
    expect(sentence('run `breakwater fix 7c1fe0` *now*')).toBe('run `breakwater fix 7c1fe0` &#42;now&#42;');
  });

  it('leaves no character that could be markup, a bar or a mention', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(text(raw)).not.toMatch(/[<>`|\\*_~[\]$\n]|@[A-Za-z0-9]|[^&]#\d|:\/\//);
        expect(code(raw)).not.toMatch(/[|\\\n]|`.*`.*`/);
      }),
    );
  });
});

describe('the comment', () => {
  it('starts with the verdict and the funnel', () => {
    const lines = renderMarkdown(blockedRun).split('\n');
    expect(lines[0]).toBe('## ✖ checkout 1.42.0 is blocked by 4 of 1,811 alerts');
    expect(lines[2]).toBe('**1,811 alerts → 609 in what is shipped → 143 in what is loaded → 9 reachable or exposed → 4 to act on**');
  });

  it('has a row for each cause to act on, and folds what to attend to', () => {
    const comment = renderMarkdown(smallRun);
    expect(comment).toContain('`breakwater fix b26a3e`');
    expect(comment).toMatch(/<details><summary>1 needs a person; the gate only warns<\/summary>\n\n\| what/);
  });

  it('says what was not looked at before what to attend to', () => {
    const comment = renderMarkdown(incompleteRun);
    expect(comment.indexOf('src/legacy/tax.js:214')).toBeGreaterThan(0);
    expect(comment.indexOf('src/legacy/tax.js:214')).toBeLessThan(comment.indexOf('need a person'));
    expect(comment).toContain('so this is not a pass');
  });

  it('is short when there is nothing to do', () => {
    expect(renderMarkdown(passedRun)).not.toContain('to act on\n\n|');
    expect(renderMarkdown(nothingRun).length).toBeLessThan(300);
  });

  it('keeps to the size of a comment and counts what it leaves out', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => judge(finding(`${'*'.repeat(200)} ${i}`), i % 2 === 0 ? 'act' : 'attend', 'r'));
    const comment = renderMarkdown(runOf(many, 'blocked'));
    expect(comment.length).toBeLessThan(65_536);
    const rows = comment.split('\n').filter((line) => line.startsWith('| Example')).length;
    const left = [...comment.matchAll(/^([\d,]+) more alerts/gm)].reduce((sum, match) => sum + Number(match[1]?.replace(',', '')), 0);
    expect(rows + left).toBe(2_000);
  });

  it('has whole rows for any run, the same each time', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const comment = renderMarkdown(run);
        expect(renderMarkdown(structuredClone(run))).toBe(comment);
        expect(comment.length).toBeLessThan(65_536);
        let columns = 0;
        for (const line of comment.split('\n')) {
          if (!line.startsWith('|')) columns = 0;
          else if (columns === 0) columns = line.split('|').length;
          else expect(line.split('|').length).toBe(columns);
        }
      }),
      { numRuns: 100 },
    );
  });
});
