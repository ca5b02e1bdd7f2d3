/** File edits as a unified diff that `git apply` takes, and as SARIF replacements. */
import type { Edit } from '@breakwater/model';
import type { FileEdit } from '../npm/apply.ts';
import type { Hunk } from './diff.ts';
import { hunks, linesOf } from './diff.ts';

const CONTEXT = 3;

export const unifiedDiff = (edits: readonly FileEdit[]): string => edits.map(fileDiff).join('');

const fileDiff = ({ uri, before, after }: FileEdit): string => {
  const old = linesOf(before);
  const groups = grouped(hunks(old, linesOf(after)));
  if (groups.length === 0) return '';
  return [`diff --git a/${uri} b/${uri}\n`, `--- a/${uri}\n`, `+++ b/${uri}\n`, ...groups.map((group) => chunk(old, group))].join('');
};

/** Hunks whose context would touch are shown as one. */
const grouped = (found: readonly Hunk[]): readonly (readonly Hunk[])[] => {
  const groups: Hunk[][] = [];
  for (const hunk of found) {
    const last = groups.at(-1)?.at(-1);
    if (last && hunk.oldStart - (last.oldStart + last.removed.length) <= 2 * CONTEXT) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
};

const chunk = (old: readonly string[], group: readonly Hunk[]): string => {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return '';
  const start = Math.max(0, first.oldStart - CONTEXT);
  const end = Math.min(old.length, last.oldStart + last.removed.length + CONTEXT);
  const rows: string[] = [];
  let at = start;
  for (const hunk of group) {
    rows.push(...marked(' ', old.slice(at, hunk.oldStart)), ...marked('-', hunk.removed), ...marked('+', hunk.added));
    at = hunk.oldStart + hunk.removed.length;
  }
  rows.push(...marked(' ', old.slice(at, end)));
  const growth = group.reduce((sum, hunk) => sum + hunk.added.length - hunk.removed.length, 0);
  const newStart = first.newStart - (first.oldStart - start);
  return `@@ -${span(start, end - start)} +${span(newStart, end - start + growth)} @@\n${rows.join('')}`;
};

/** An empty side is numbered by the line before it. */
const span = (start: number, length: number): string => `${length === 0 ? start : start + 1},${length}`;

const marked = (mark: string, lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`));

/** Whole lines: each region ends at the first column of the line after it. */
export const replacements = (edits: readonly FileEdit[]): readonly Edit[] =>
  edits.flatMap(({ uri, before, after }) =>
    hunks(linesOf(before), linesOf(after)).map((hunk) => {
      const startLine = hunk.oldStart + 1;
      return {
        uri,
        region: { startLine, startColumn: 1, endLine: startLine + hunk.removed.length, endColumn: 1 },
        insertedContent: hunk.added.join(''),
      };
    }),
  );
