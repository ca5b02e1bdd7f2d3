/** The report and the comment of one small run, byte for byte; UPDATE_GOLDENS=1 writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../packages/cli/src/render/html/render.ts';
import { renderMarkdown } from '../../../packages/cli/src/render/markdown/render.ts';
import { smallRun } from './samples.ts';

describe.each([
  ['small.html', renderHtml],
  ['small.md', renderMarkdown],
] as const)('%s', (name, render) => {
  const file = new URL(name, import.meta.url);

  it('is what it was', () => {
    const now = render(smallRun);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, now);
    expect(now).toBe(readFileSync(file, 'utf8'));
  });
});
