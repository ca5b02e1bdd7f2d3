/** Hits to findings: the same secret in several places is one finding, because it is one thing to rotate. */

import { CONFIDENCES, type Finding, type Location, type Sha256, severityRank, type Target } from '@breakwater/model';
import { byKeys, byText } from '../../../lib/order.ts';
import { type SecretHit, shown } from './hits.ts';
import { secretFingerprint } from './identity.ts';

/** Sorted by fingerprint. A secret of which every place is allowed by a comment stays on record as `informational`. */
export const findingsOf = (hits: readonly SecretHit[], target: Target): readonly Finding[] =>
  [...grouped(hits)]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([fingerprint, same]) => ({ ...described(same), target, fingerprint, properties: {} }));

const grouped = (hits: readonly SecretHit[]): ReadonlyMap<Sha256, readonly SecretHit[]> => {
  const groups = new Map<Sha256, SecretHit[]>();
  for (const hit of hits) {
    const fingerprint = secretFingerprint(hit.rule.id, hit.key);
    const group = groups.get(fingerprint);
    if (group === undefined) groups.set(fingerprint, [hit]);
    else group.push(hit);
  }
  return groups;
};

const described = (same: readonly SecretHit[]): Omit<Finding, 'target' | 'fingerprint' | 'properties'> => {
  const open = same.filter((hit) => hit.allowed === undefined);
  const places = (open.length > 0 ? open : same).toSorted(byPlace);
  const worst = places.toSorted(
    byKeys(
      (h) => severityRank(h.severity),
      (h) => CONFIDENCES.indexOf(h.confidence),
    ),
  )[0];
  const first = places[0];
  if (worst === undefined || first === undefined) throw new RangeError('a group of no hits');
  return {
    ruleId: first.rule.id,
    kind: open.length > 0 ? 'fail' : 'informational',
    severity: worst.severity,
    confidence: worst.confidence,
    message: messageOf(worst.noun, places),
    locations: [locationOf(first), ...places.slice(1).map(locationOf), ...places.flatMap((hit) => hit.companions)],
  };
};

const byPlace = byKeys<SecretHit>(
  (h) => h.uri,
  (h) => h.region.startLine,
  (h) => h.region.startColumn ?? 0,
);

const locationOf = (hit: SecretHit): Location => ({ uri: hit.uri, region: hit.region, message: shown(hit) });

const messageOf = (noun: string, places: readonly SecretHit[]): string => {
  const files = [...new Set(places.map((hit) => hit.uri))];
  const others = files.length === 1 ? '' : files.length === 2 ? ` and ${files[1]}` : ` and ${files.length - 1} other files`;
  const note = places.every((hit) => hit.allowed !== undefined)
    ? ', allowed by a comment'
    : places.some((hit) => hit.reasonMissing)
      ? '; the comment that should allow it gives no reason'
      : '';
  return `${noun} is in ${files[0]}${others}${note}`;
};
