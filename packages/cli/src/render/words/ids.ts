/** Short ids of a run: six hex digits, more only where two findings would share them. */
import { type Finding, type Sha256, shortId } from '@breakwater/model';

const SHORTEST = 6;
const LONGEST = 64;

/** Findings of a run never change, and every part of a surface asks for their ids. */
const known = new WeakMap<readonly Finding[], ReadonlyMap<Sha256, string>>();

/** Fingerprint → the prefix that no other finding of the run has. */
export const shortIds = (findings: readonly Finding[]): ReadonlyMap<Sha256, string> => {
  const ids = known.get(findings) ?? idsOf(findings);
  known.set(findings, ids);
  return ids;
};

const idsOf = (findings: readonly Finding[]): ReadonlyMap<Sha256, string> => {
  const sorted = [...new Set(findings.map((f) => f.fingerprint))].sort();
  const needed = (index: number): number =>
    Math.max(shared(sorted[index], sorted[index - 1]), shared(sorted[index], sorted[index + 1])) + 1;
  return new Map(sorted.map((print, index) => [print, shortId(print, Math.min(LONGEST, Math.max(SHORTEST, needed(index))))]));
};

/** Hex digits that two fingerprints have in common from the left. */
const shared = (a: Sha256 | undefined, b: Sha256 | undefined): number => {
  if (a === undefined || b === undefined) return 0;
  const [x, y] = [shortId(a, LONGEST), shortId(b, LONGEST)];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return i;
  return x.length;
};
