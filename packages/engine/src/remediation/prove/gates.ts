/** The conditions under which a change counts as proven, each by what is there afterwards, never by what was meant. */

import type { Finding, Sha256 } from '@breakwater/model';
import { shortId } from '@breakwater/model';
import { byText } from '../../lib/order.ts';
import type { Applied, FileEdit } from '../npm/apply.ts';
import { hostsOf } from '../npm/entry.ts';
import { readLockfile } from '../npm/lockfile.ts';
import type { Gate } from '../remedy.ts';
import { count } from '../steps.ts';

const gate = (name: Gate['name'], problems: readonly string[], fine: string): Gate => ({
  name,
  result: problems.length === 0 ? 'ok' : 'failed',
  detail: problems.length === 0 ? fine : problems.join('; '),
});

export const parses = (edits: readonly FileEdit[]): Gate =>
  gate(
    'parses',
    edits.flatMap((edit) => readable(edit)),
    `${edits.length} ${edits.length === 1 ? 'file' : 'files'}`,
  );

const readable = (edit: FileEdit): readonly string[] => {
  try {
    if (/(^|\/)package\.json$/.test(edit.uri)) JSON.parse(edit.after.replace(/^\uFEFF/, ''));
    else readLockfile(edit.after);
    return [];
  } catch {
    return [`${edit.uri} does not parse`];
  }
};

/** Only what fails is an alert; a `pass` of the same rule must not count as a new finding. */
export const alertsOf = (findings: readonly Finding[]): readonly Finding[] => findings.filter((finding) => finding.kind === 'fail');

/** A target that the scan of the untouched copy does not find either would be gone whatever we changed. */
export const findingGone = (targets: readonly Sha256[], before: readonly Finding[], after: readonly Finding[]): Gate => {
  const [was, is] = [before, after].map((findings) => new Set(alertsOf(findings).map((finding) => finding.fingerprint)));
  const problems = targets.flatMap((target) => {
    if (is?.has(target)) return [`${shortId(target)} is still there`];
    return was?.has(target) ? [] : [`${shortId(target)} is not found in a copy without the change either`];
  });
  return gate('finding-gone', problems, 'gone');
};

export const addedBy = (before: readonly Finding[], after: readonly Finding[]): readonly Sha256[] => {
  const known = new Set(alertsOf(before).map((finding) => finding.fingerprint));
  return [...new Set(alertsOf(after).map((finding) => finding.fingerprint))].filter((found) => !known.has(found)).toSorted(byText);
};

export const nothingNew = (added: readonly Sha256[], after: readonly Finding[]): Gate => {
  const title = new Map(after.map((finding) => [finding.fingerprint, finding.message]));
  return gate(
    'nothing-new',
    added.map((found) => `new: ${title.get(found) ?? found}`),
    'none new',
  );
};

/** A changed entry without a checksum, with a script that runs on install, or from another host is how a poisoned release comes in. */
export const lockfileSound = (applied: readonly Applied[]): Gate => {
  const problems = applied.flatMap((one) => one.changed.flatMap((place) => unsound(one, place)));
  return gate(
    'lockfile',
    problems,
    `${count(
      applied.reduce((sum, one) => sum + one.changed.length, 0),
      'entry',
      'entries',
    )}, each with a checksum`,
  );
};

const unsound = (applied: Applied, place: string): readonly string[] => {
  const pkg = applied.lockAfter.packages.get(place);
  if (pkg === undefined || pkg.link || !place.includes('node_modules/')) return [];
  const before = applied.lockBefore.packages.get(place);
  const label = `${pkg.name} ${pkg.version}`;
  const hosts = hostsOf(applied.lockBefore);
  const origin = pkg.resolved !== undefined && URL.canParse(pkg.resolved) ? new URL(pkg.resolved).origin : undefined;
  return [
    ...(pkg.integrity === undefined && !pkg.inBundle ? [`${label} has no checksum`] : []),
    ...(pkg.hasInstallScript && before?.hasInstallScript !== true ? [`${label} brings a script that runs on install`] : []),
    ...(origin !== undefined && !hosts.has(origin) ? [`${label} comes from another host`] : []),
  ];
};

const POLICY = /(^|\/)(breakwater\.ya?ml|CODEOWNERS)$|^\.github\/|^\.gitlab-ci\.ya?ml$|^\.gitlab\/|(^|\/)\.npmrc$/;

/** A fix that could change the rules could pass them all. */
export const policyUntouched = (edits: readonly FileEdit[]): Gate =>
  gate(
    'policy',
    edits.filter((edit) => POLICY.test(edit.uri)).map((edit) => `${edit.uri} would be changed`),
    'untouched',
  );

/** A plan made over the result has nothing left to do. */
export const idempotent = (again: readonly string[]): Gate =>
  gate(
    'idempotent',
    again.map((what) => `a second run would still change ${what}`),
    'a second run changes nothing',
  );
