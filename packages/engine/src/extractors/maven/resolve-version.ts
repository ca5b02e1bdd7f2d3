/** The version of one declared dependency: exact, or the reason why the tree does not say it. */
import type { Interpolated } from './interpolate.ts';
import type { Lineage } from './lineage.ts';
import type { Answer } from './management.ts';

export type Resolved = { readonly version: string } | { readonly why: string };

/** What Maven's validation forbids in a version, and white space. */
const FORBIDDEN = /[\s\\/:"<>|?*[\](){},$&]/;
/** `[1.2.3]`: this one and no other. */
const ONE_ONLY = /^\[\s*([^\s,[\]()]+)\s*\]$/;

const listed = (names: readonly string[]): string => {
  const more = names.length - 3;
  return `${names.slice(0, 3).join(' or ')}${more > 0 ? ` or ${more} more` : ''}`;
};

/** `a:b:1 or c:d:2, which are not in the tree`. */
export const notInTree = (sources: readonly string[]): string =>
  `${listed(sources)}, which ${sources.length === 1 ? 'is' : 'are'} not in the tree`;

const exactOf = ({ text, unknown }: Interpolated, { missing }: Pick<Lineage, 'missing'>): Resolved => {
  if (unknown !== undefined) {
    return { why: `${unknown} is not set in the tree${missing === undefined ? '' : `, perhaps by ${notInTree([missing])}`}` };
  }
  if (text === 'LATEST' || text === 'RELEASE') return { why: `${text} is decided when it is built` };
  const version = ONE_ONLY.exec(text)?.[1] ?? text;
  if (/^[[(]/.test(version)) return { why: `the range ${version} is decided when it is built` };
  return FORBIDDEN.test(version) || version === '' ? { why: `${version} is no version` } : { version };
};

/** A stated version beats a managed one. */
export const resolveVersion = (stated: Interpolated | undefined, answer: Answer, lineage: Pick<Lineage, 'missing'>): Resolved => {
  if (stated !== undefined) return exactOf(stated, lineage);
  if (answer.kind === 'managed' && answer.managed.version !== undefined) return exactOf(answer.managed.version, lineage);
  if (answer.kind === 'unknown') return { why: `managed by ${notInTree(answer.sources)}` };
  return { why: 'it states no version and nothing manages it' };
};
