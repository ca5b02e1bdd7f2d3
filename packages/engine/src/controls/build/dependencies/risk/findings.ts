/** Hits of the risk checks → findings: identity is rule, manifest and package without version. */
import type { Finding, Rule, Target } from '@breakwater/model';
import { fingerprint } from '../../../../lib/digest.ts';
import { byKeys } from '../../../../lib/order.ts';
import type { Hit } from '../../../check.ts';
import { riskChecks } from '../catalogue.gen.ts';
import type { RiskFact } from './fact.ts';
import { nameAndVersion } from './fact.ts';

type Place = Pick<Finding, 'component'> & { readonly purl: string };

const placesOf = ({ graph }: RiskFact): ReadonlyMap<string, Place> =>
  new Map(
    graph.packages.map((item): [string, Place] => {
      const component = { purl: item.purl, bomRef: `${graph.manifest}#${item.place}`, scope: item.scope };
      return [`${nameAndVersion(item)}\0${item.region.startLine}`, { component, purl: item.purl.slice(0, item.purl.lastIndexOf('@')) }];
    }),
  );

const keyOf = ({ at }: Hit): string => `${at.fullyQualifiedName ?? ''}\0${at.region?.startLine ?? 0}`;

const findingsOf = (rule: Rule, hits: readonly Hit[], places: ReadonlyMap<string, Place>, target: Target): readonly Finding[] => {
  const byIdentity = new Map<string, Finding>();
  for (const hit of hits) {
    const place = places.get(keyOf(hit));
    const identity = fingerprint('dependency-risk/v1', rule.id, hit.at.uri, place?.purl ?? '');
    const known = byIdentity.get(identity);
    byIdentity.set(identity, {
      ruleId: rule.id,
      kind: hit.open === true ? 'open' : hit.informational === true ? 'informational' : 'fail',
      severity: rule.severity,
      confidence: rule.confidence,
      message: known?.message ?? hit.message,
      target,
      locations: known === undefined ? [hit.at] : [...known.locations, hit.at],
      fingerprint: identity,
      ...(place?.component !== undefined && { component: known?.component ?? place.component }),
      properties: {},
    });
  }
  return [...byIdentity.values()];
};

const byPlaceAndText = byKeys<Hit>(
  (hit) => hit.at.region?.startLine ?? 0,
  (hit) => hit.message,
);

/** One finding for each package of a manifest, whatever its versions and places. */
export const riskFindings = (fact: RiskFact, target: Target): readonly Finding[] => {
  const found = riskChecks.map(({ rule, find }) => ({ rule, hits: [...find(fact)].sort(byPlaceAndText) }));
  // most manifests give none, and a look-up of 100,000 packages costs more than the checks
  if (found.every(({ hits }) => hits.length === 0)) return [];
  const places = placesOf(fact);
  return found.flatMap(({ rule, hits }) => findingsOf(rule, hits, places, target));
};
