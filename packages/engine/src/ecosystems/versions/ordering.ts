/** Which order the versions of an ecosystem have. @see https://ossf.github.io/osv-schema/#defined-ecosystems */
import { actions } from './actions.ts';
import { alpine } from './alpine.ts';
import { composer } from './composer.ts';
import { debian } from './debian.ts';
import { maven } from './maven.ts';
import { nuget } from './nuget.ts';
import type { Ordering, Parsed } from './order.ts';
import { pep440 } from './pep440.ts';
import { pub } from './pub.ts';
import { rpm } from './rpm.ts';
import { rubygems } from './rubygems.ts';
import { semver } from './semver.ts';

export type { Ordering, Parsed } from './order.ts';

/** No registry has longer ones; a hostile lockfile may. */
const LONGEST = 4096;

/** What `parse` gives is the ordering's own: it goes to `compare` and nowhere else, so its type may be forgotten. */
const bounded = <V extends Parsed>({ parse, compare, spanOf, publishedOf }: Ordering<V>): Ordering => ({
  parse: (text) => (text.length > LONGEST ? undefined : parse(text)),
  compare: (a, b) => compare(a as V, b as V), // an Ordering's values are made by its parse and spanOf alone
  ...(publishedOf === undefined ? {} : { publishedOf }),
  ...(spanOf === undefined ? {} : { spanOf: (text) => (text.length > LONGEST ? undefined : spanOf(text)) }),
});

const SEMVER: Ordering = bounded(semver);
const ACTIONS = bounded(actions);
const APK = bounded(alpine);
const DPKG = bounded(debian);
const RPM = bounded(rpm);

const FAMILIES: readonly (readonly [Ordering, readonly string[]])[] = [
  [SEMVER, ['npm', 'Go', 'crates.io', 'Hex', 'SwiftURL', 'Bitnami', 'Kubernetes', 'Julia']],
  [ACTIONS, ['GitHub Actions']],
  [bounded(pep440), ['PyPI']],
  [bounded(maven), ['Maven']],
  [bounded(rubygems), ['RubyGems']],
  [bounded(nuget), ['NuGet']],
  [bounded(composer), ['Packagist']],
  [bounded(pub), ['Pub']],
  [DPKG, ['Debian', 'Ubuntu', 'Echo']],
  [APK, ['Alpine', 'Alpaquita', 'BellSoft Hardened Containers', 'Chainguard', 'MinimOS', 'Wolfi']],
  [RPM, ['AlmaLinux', 'Azure Linux', 'Mageia', 'Photon OS', 'Red Hat', 'Rocky Linux', 'SUSE', 'openEuler', 'openSUSE']],
];

const ORDERINGS: ReadonlyMap<string, Ordering> = new Map(
  FAMILIES.flatMap(([ordering, names]) => names.map((name): readonly [string, Ordering] => [name, ordering])),
);

/** Of an ecosystem as OSV writes it, with or without a release: `Debian:11`, `Ubuntu:22.04:LTS`. `undefined`: nobody here can order its versions. */
export const orderingOf = (osvEcosystem: string): Ordering | undefined => ORDERINGS.get(osvEcosystem.split(':', 1)[0] ?? '');

/** OSV's ranges of the type SEMVER have SemVer's order, whatever that of the ecosystem (`ordering`) is. */
export const orderingOfRange = (type: 'SEMVER' | 'ECOSYSTEM', ordering: Ordering | undefined): Ordering | undefined =>
  type === 'ECOSYSTEM' || ordering === ACTIONS ? ordering : SEMVER;

/** Whether its packages are those of a distribution: built for one release of it, in one version at a time. */
export const isDistribution = (osvEcosystem: string): boolean => {
  const ordering = orderingOf(osvEcosystem);
  return ordering === APK || ordering === DPKG || ordering === RPM;
};
