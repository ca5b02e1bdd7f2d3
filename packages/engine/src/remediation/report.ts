/** The plan in the words of a report and in the model's terms. */
import type { Fix } from '@breakwater/model';
import { hunks, linesOf } from './deliver/diff.ts';
import { replacements } from './deliver/patch.ts';
import type { FileEdit } from './npm/apply.ts';
import type { Patch, PlanItem } from './npm/item.ts';
import { folderOf } from './npm/targets.ts';
import type { ChangedFile, RemedyItem } from './remedy.ts';
import { count } from './steps.ts';

export const planNote = (items: readonly PlanItem[]): string => {
  const patches = items.filter((item) => item.kind === 'patch');
  const weighed = patches.reduce((sum, item) => sum + item.weighed, 0);
  if (patches.length === 0) return 'nothing that can be changed here';
  const nearest = patches.length === 1 ? 'this is the nearest without known flaws' : 'these are the nearest without known flaws';
  return `${count(patches.length, 'package')}; ${count(weighed, 'other version')} weighed, ${nearest}`;
};

export const applyNote = (edits: readonly FileEdit[]): string =>
  `${edits.map((edit) => edit.uri).join(', ')}, ${count(
    changedFiles(edits).reduce((sum, file) => sum + file.linesAdded, 0),
    'line',
  )}; integrity checked`;

export const changedFiles = (edits: readonly FileEdit[]): readonly ChangedFile[] =>
  edits.map(({ uri, before, after }) => {
    const found = hunks(linesOf(before), linesOf(after));
    return {
      uri,
      linesAdded: found.reduce((sum, hunk) => sum + hunk.added.length, 0),
      linesRemoved: found.reduce((sum, hunk) => sum + hunk.removed.length, 0),
    };
  });

/** A patch carries every edit of its project: parts of a lockfile do not stand alone. What needs nothing has no fix. */
export const fixesOf = (items: readonly RemedyItem[], edits: readonly FileEdit[]): readonly Fix[] =>
  items.flatMap((item): readonly Fix[] => {
    const { findings, strategy, confidence, summary } = item;
    const base = { findings, strategy, confidence, summary };
    if (item.kind === 'blocked') return [{ ...base, kind: 'blocked', reason: item.reason }];
    if (item.kind === 'suggest-only') return [{ ...base, kind: 'suggest-only', advice: item.advice }];
    if (item.kind === 'nothing-to-do') return [];
    const folder = folderOf(item.manifest);
    return [{ ...base, kind: 'patch', edits: replacements(edits.filter((edit) => folder === '' || edit.uri.startsWith(`${folder}/`))) }];
  });

export const patchesOf = (items: readonly RemedyItem[]): readonly Patch[] => items.flatMap((item) => (item.kind === 'patch' ? [item] : []));

/** A patch that could not be applied is none. */
export const blockedBy = (item: RemedyItem, reason: string): RemedyItem => {
  if (item.kind !== 'patch') return item;
  const { findings, manifest, name, from } = item;
  const summary = `${name} ${from.join(', ')}: ${reason}`;
  return {
    kind: 'blocked',
    strategy: 'none',
    confidence: 0,
    findings,
    manifest,
    name,
    from,
    summary,
    reason,
    block: { reason: 'resolver', detail: reason },
  };
};
