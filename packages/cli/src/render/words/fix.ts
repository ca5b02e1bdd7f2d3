/** What to do about a finding: a sentence, and the command where Breakwater can make and prove the change itself. */
import type { Finding, Rule, Run } from '@breakwater/model';
import semver from 'semver';
import { named } from './component.ts';

/** The remedy if one was worked out, else the nearest versions without the flaw, else the advice of the rule; empty when none is known. */
export const fixHint = (finding: Finding, rule: Rule | undefined): string => {
  const { remedy } = finding.properties;
  if (remedy !== undefined) return remedy.summary;
  const versions = nearestFixed(finding);
  return versions.length > 0 ? `fixed in ${versions.join(' or ')}` : (rule?.help.fix ?? '');
};

/** Advisories list a fix for each branch; only the nearest above the version in use can be meant. All of them where that cannot be told. */
const nearestFixed = ({ component, vulnerability }: Finding): readonly string[] => {
  const fixed = vulnerability?.fixed ?? [];
  const version = component === undefined ? undefined : named(component).version;
  if (version === undefined || semver.valid(version) === null) return fixed;
  const above = fixed.filter((one) => semver.valid(one) !== null && semver.gt(one, version)).sort(semver.compare);
  return above.length > 0 ? above.slice(0, 1) : fixed;
};

/** One hint for a group: of versions the highest, which has all the fixes; else the different hints, joined. */
export const fixHints = (findings: readonly Finding[], ruleOf: (id: string) => Rule | undefined): string => {
  const versions = findings.map(nearestFixed);
  const comparable = versions.every(
    ([version, ...others]) => others.length === 0 && version !== undefined && semver.valid(version) !== null,
  );
  const worked = findings.some((finding) => finding.properties.remedy !== undefined);
  if (comparable && !worked) return `fixed in ${versions.flat().sort(semver.rcompare)[0] ?? ''}`;
  return [...new Set(findings.map((f) => fixHint(f, ruleOf(f.ruleId))))].filter((hint) => hint !== '').join('; ');
};

/** `breakwater fix 7c1fe0`; undefined when no finding has a change that can be tried. One id is enough: the fix takes a version without known flaws. */
export const fixCommand = (findings: readonly Finding[], idOf: (finding: Finding) => string): string | undefined => {
  const first = findings.find(canFix);
  return first === undefined ? undefined : `breakwater fix ${idOf(first)}`;
};

/** The lockfiles that remediation can write. */
const WRITABLE = /(^|\/)(package-lock|npm-shrinkwrap)\.json$/;

/** A worked-out patch; where nothing was worked out, a published version without the flaw in a lockfile of npm is worth the try. */
export const canFix = ({ properties: { remedy }, vulnerability, locations }: Finding): boolean =>
  remedy === undefined ? (vulnerability?.fixed ?? []).length > 0 && WRITABLE.test(locations[0].uri) : remedy.kind === 'patch';

export const ruleFinder = (run: Run): ((id: string) => Rule | undefined) => {
  const rules = new Map<string, Rule>(run.rules.map((rule) => [rule.id, rule]));
  return (id) => rules.get(id);
};
