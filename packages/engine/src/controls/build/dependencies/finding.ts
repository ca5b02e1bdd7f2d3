/** One advisory in one occurrence → one finding. */
import type { Finding, Location, Target } from '@breakwater/model';
import { releaseLine } from '../../../ecosystems/versions/line.ts';
import { orderingOf } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts } from '../../../extractors/facts.ts';
import { fingerprint } from '../../../lib/digest.ts';
import { byText } from '../../../lib/order.ts';
import { fixedVersions } from './affected.ts';
import { bestKnownId, effectOf } from './cwe-effects.ts';
import type { Occurrence } from './occurrences.ts';
import { ships, strongestPlace } from './occurrences.ts';
import { maliciousPackage, vulnerableDependency } from './rule.ts';
import type { Ways } from './way-in.ts';
import { locationOf, wayIn } from './way-in.ts';

export interface Match {
  readonly ways: Ways;
  readonly occurrence: Occurrence;
  readonly advisory: AdvisoryFacts;
  readonly judgement: 'affected' | 'undecidable';
}

/**
 * Identity: advisory (smallest id of its aliases), package without version, manifest, its line of releases, and whether it ships. An
 * update within the line, another place in the tree and an alias more are the same finding; what ships can be fixed while a test tool
 * or another line keeps the flaw. Never a place: npm moves packages whenever a neighbour changes.
 */
const identityOf = ({ occurrence, advisory }: Match): Finding['fingerprint'] => {
  const [smallest = advisory.id] = [advisory.id, ...advisory.aliases].sort(byText);
  const [{ purl }] = occurrence.places;
  const [locator = purl] = purl.split(/[?#]/, 1);
  const withoutVersion = locator.slice(0, locator.lastIndexOf('@'));
  const line = releaseLine(occurrence.ecosystem, occurrence.version);
  const parts = [smallest, withoutVersion, occurrence.manifest, line, ships(occurrence) ? 'shipped' : 'development'];
  return fingerprint('dependency/v1', ...parts);
};

/** `qs 6.5.2`, or `qs 6.5.2, 6.7.0` where the flaw is in several versions of the line. */
const componentText = ({ name, version, places }: Occurrence): string => {
  const others = [...new Set(places.map((place) => place.version))].filter((one) => one !== version);
  return `${name} ${[version, ...others.sort(byText)].join(', ')}`;
};

const messageOf = ({ occurrence, advisory, judgement }: Match): string => {
  const component = componentText(occurrence);
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
  const fixed = fixedVersions(advisory, orderingOf(occurrence.ecosystem));
  return {
    ruleId: (advisory.malicious === true ? maliciousPackage : vulnerableDependency).id,
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
