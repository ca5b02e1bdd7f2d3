/** One advisory in one occurrence → one finding. */
import type { Finding, Location, Target } from '@breakwater/model';
import type { AdvisoryFacts } from '../../../extractors/facts.ts';
import { fingerprint } from '../../../lib/digest.ts';
import { byText } from '../../../lib/order.ts';
import { fixedVersions } from './affected.ts';
import { bestKnownId, effectOf } from './cwe-effects.ts';
import type { Occurrence } from './occurrences.ts';
import { strongestPlace } from './occurrences.ts';
import { vulnerableDependency } from './rule.ts';
import type { Ways } from './way-in.ts';
import { locationOf, wayIn } from './way-in.ts';

export interface Match {
  readonly ways: Ways;
  readonly occurrence: Occurrence;
  readonly advisory: AdvisoryFacts;
  readonly judgement: 'affected' | 'undecidable';
  /** Another version of the package in this manifest has this flaw too, at a shallower place. */
  readonly second: boolean;
}

/**
 * Identity: advisory (smallest id of its aliases), package without version, manifest, and whether it ships. So an update to another
 * vulnerable version is the same finding, and a shipped copy can be fixed while one of the test tools keeps the flaw. Where several versions of a package have the flaw, all but the one at the shallowest place add their own
 * shallowest place, which survives updates too; when the first is fixed the next takes over its identity: the flaw of this
 * package in this manifest is closed only when the last version is gone.
 */
const identityOf = ({ occurrence, advisory, second }: Match): Finding['fingerprint'] => {
  const [smallest = advisory.id] = [advisory.id, ...advisory.aliases].sort(byText);
  const [{ purl, place }] = occurrence.places;
  const withoutVersion = purl.slice(0, purl.lastIndexOf('@'));
  const scope = strongestPlace(occurrence).scope === 'excluded' ? ['development'] : [];
  return fingerprint('dependency/v1', smallest, withoutVersion, occurrence.manifest, ...scope, ...(second ? [place] : []));
};

const messageOf = ({ occurrence, advisory, judgement }: Match): string => {
  const component = `${occurrence.name} ${occurrence.version}`;
  if (judgement === 'affected') return effectOf(advisory, component);
  return `${component} may have a known flaw, ${bestKnownId(advisory.id, advisory.aliases)}: its version cannot be compared`;
};

const locationsOf = ({ manifest, places: [first, ...rest] }: Occurrence): readonly [Location, ...Location[]] => [
  locationOf(manifest, first),
  ...rest.map((item) => locationOf(manifest, item)),
];

export const findingOf = (match: Match, target: Target): Finding => {
  const { advisory, occurrence } = match;
  const strongest = strongestPlace(occurrence);
  const open = match.judgement === 'undecidable';
  const fixed = fixedVersions(advisory);
  return {
    ruleId: vulnerableDependency.id,
    kind: open ? 'open' : 'fail',
    severity: advisory.severity,
    confidence: open ? 'low' : advisory.severityStated ? 'high' : 'medium',
    message: messageOf(match),
    target,
    locations: locationsOf(occurrence),
    codeFlow: wayIn(occurrence.manifest, match.ways, strongest),
    fingerprint: identityOf(match),
    component: { purl: strongest.purl, bomRef: `${occurrence.manifest}#${strongest.place}`, scope: strongest.scope },
    vulnerability: {
      id: advisory.id,
      aliases: advisory.aliases,
      ...(advisory.cvss === undefined ? {} : { cvss: advisory.cvss }),
      ...(fixed.length === 0 ? {} : { fixed }),
    },
    properties: {},
  };
};
