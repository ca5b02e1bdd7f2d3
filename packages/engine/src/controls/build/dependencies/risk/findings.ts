/** Hits of the risk checks → findings: identity is rule, manifest and package without version. */
import type { Finding, Target } from '@breakwater/model';
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

/** One finding for each package of a manifest, whatever its versions and places. */
export const riskFindings = (fact: RiskFact, target: Target): readonly Finding[] => {
  const places = placesOf(fact);
  return riskChecks.flatMap(({ rule, find }) => {
    const byIdentity = new Map<string, Finding>();
    const hits = [...find(fact)].sort(
      byKeys(
        (hit) => hit.at.region?.startLine ?? 0,
        (hit) => hit.message,
      ),
    );
    for (const hit of hits) {
      const place = places.get(keyOf(hit));
      const identity = fingerprint('dependency-risk/v1', rule.id, hit.at.uri, place?.purl ?? '');
      const known = byIdentity.get(identity);
      byIdentity.set(identity, {
        ruleId: rule.id,
        kind: hit.open === true ? 'open' : 'fail',
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
  });
};
