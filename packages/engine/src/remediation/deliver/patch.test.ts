import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../../../../../tests/support/remediation/project.ts';
import { hunks, linesOf } from './diff.ts';
import { replacements, unifiedDiff } from './patch.ts';

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  .chain((rows) => fc.boolean().map((end) => rows.join('\n') + (end && rows.length > 0 ? '\n' : '')));

const applied = (before: string, after: string): string => {
  const old = linesOf(before);
  let at = 0;
  let text = '';
  for (const hunk of hunks(old, linesOf(after))) {
    text += old.slice(at, hunk.oldStart).join('') + hunk.added.join('');
    at = hunk.oldStart + hunk.removed.length;
  }
  return text + old.slice(at).join('');
};

describe('hunks', () => {
  it('lead from the old text to the new one', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(applied(before, after)).toBe(after);
      }),
    );
  });

  it('replaces the middle as a whole where there are too many differences', () => {
    const before = Array.from({ length: 3_000 }, (_, i) => `a${i}\n`).join('');
    const after = Array.from({ length: 3_000 }, (_, i) => `b${i}\n`).join('');
    expect(hunks(linesOf(before), linesOf(after))).toHaveLength(1);
    expect(applied(before, after)).toBe(after);
  });
});

describe('unifiedDiff', () => {
  it('is taken by git apply', async () => {
    await using folder = await emptyFolder();
    await fc.assert(
      fc.asyncProperty(
        texts.filter((t) => t !== ''),
        texts.filter((t) => t !== ''),
        async (before, after) => {
          fc.pre(before !== after);
          await folder.write('f.txt', before);
          await folder.write('p.patch', unifiedDiff([{ uri: 'f.txt', before, after }]));
          await promisify(execFile)('git', ['apply', 'p.patch'], { cwd: folder.path });
          expect(await folder.read('f.txt')).toBe(after);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is empty when nothing changes', () => {
    expect(unifiedDiff([{ uri: 'a', before: 'x\n', after: 'x\n' }])).toBe('');
  });
});

describe('replacements', () => {
  it('names whole lines', () => {
    expect(replacements([{ uri: 'a', before: 'x\ny\nz\n', after: 'x\nY\nz\n' }])).toEqual([
      { uri: 'a', region: { startLine: 2, startColumn: 1, endLine: 3, endColumn: 1 }, insertedContent: 'Y\n' },
    ]);
  });
});
