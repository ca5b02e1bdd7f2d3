/** Does a policy let an SPDX licence expression pass? @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
import type { Info } from 'spdx-expression-parse';
import parse from 'spdx-expression-parse';
import type { LicencePolicy } from '../../../../extractors/facts.ts';

type Verdict = 'allowed' | 'refused' | 'unknown';

const LONGEST = 1000;

/** An id with `+` or an exception counts by its id: an exception only grants more. */
const ofId = (id: string, { allow, deny }: LicencePolicy): Verdict => {
  const same = (one: string): boolean => one.toLowerCase() === id.toLowerCase();
  if (deny.some(same)) return 'refused';
  return allow.length === 0 || allow.some(same) ? 'allowed' : 'refused';
};

/** OR is the receiver's choice: one allowed side is enough. AND binds to both. */
const ofInfo = (info: Info, policy: LicencePolicy): Verdict => {
  if ('license' in info) return ofId(info.license, policy);
  const sides = [ofInfo(info.left, policy), ofInfo(info.right, policy)];
  if (info.conjunction === 'or') return sides.includes('allowed') ? 'allowed' : 'refused';
  return sides.includes('refused') ? 'refused' : 'allowed';
};

/** `unknown`: words that are no SPDX expression (`SEE LICENSE IN …`, `BSD`), unless the policy names them as they are. */
export const verdictOn = (expression: string, policy: LicencePolicy): Verdict => {
  if (policy.allow.includes(expression)) return 'allowed';
  if (policy.deny.includes(expression) || expression === 'UNLICENSED') return 'refused';
  if (expression.length > LONGEST) return 'unknown';
  try {
    return ofInfo(parse(expression), policy);
  } catch {
    return 'unknown';
  }
};
