import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, textOf } from './template.ts';
import { rich } from './text.ts';

describe('the template tag', () => {
  it('escapes values in text and in attributes', () => {
    expect(textOf(html`<a title="${`"><script>alert('1')</script>&`}">${'<b>'}</a>`)).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&lt;b&gt;</a>',
    );
  });

  it('nests markup, joins lists, leaves out what is not there', () => {
    expect(textOf(html`${[html`<i>${1}</i>`, 'a', [false, undefined]]}${html``}`)).toBe('<i>1</i>a');
  });

  it('does not take text for markup because of its shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOf(html`${text}`)).not.toMatch(/[<>"'`\p{Zl}\p{Zp}\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('escapes inside of code too', () => expect(textOf(html`${rich('run `<script>` now')}`)).toBe('run <code>&lt;script&gt;</code> now'));
});
