/** Findings grouped into the packages that have to move: for each package of one lockfile its shipped copies, and those for development. */
import type { Finding } from '@breakwater/model';
import semver from 'semver';
import { lineOf } from '../../lib/line.ts';
import { byText } from '../../lib/order.ts';
import { member } from '../json/plain.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import type { Market } from './versions.ts';

export interface Group {
  readonly manifest: string;
  readonly name: string;
  /** Line of releases: `6`, `0.4`. A copy of another line is another finding and stays as it is. */
  readonly line: string;
  /** false: copies for development only. The other kind of copies is another finding and stays as it is. */
  readonly ships: boolean;
  readonly findings: readonly Finding[];
  /** Places that the findings name. */
  readonly named: readonly { readonly place: string; readonly purl: string }[];
  /** Ids and aliases of the flaws that must go. */
  readonly flaws: ReadonlySet<string>;
}

export const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json'];

export interface Placed {
  readonly manifest: string;
  readonly place: string;
}

/** `package-lock.json#node_modules/ejs`; undefined when the finding is of another kind. */
export const placeOf = (finding: Finding): Placed | undefined => {
  const ref = finding.component?.bomRef ?? '';
  const at = ref.indexOf('#');
  const manifest = ref.slice(0, Math.max(0, at));
  return finding.component?.purl.startsWith('pkg:npm/') && LOCKFILES.includes(manifest.split('/').at(-1) ?? '')
    ? { manifest, place: ref.slice(at + 1) }
    : undefined;
};

export const folderOf = (manifest: string): string => manifest.split('/').slice(0, -1).join('/');

/** Groups of one lockfile, those nearest to the project's own manifest first: a parent that moves often takes its children along. */
export const groupsOf = (manifest: string, lock: Lockfile, findings: readonly Finding[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const at = placeOf(finding);
    if (at === undefined || at.manifest !== manifest) continue;
    const name = lock.packages.get(at.place)?.name ?? nameOfPurl(finding);
    const ships = finding.component?.scope !== 'excluded';
    const line = lineOf(versionOfPurl(finding.component?.purl ?? ''));
    const key = JSON.stringify([name, line, ships]);
    const group = groups.get(key) ?? { manifest, name, line, ships, findings: [], named: [], flaws: new Set<string>() };
    const ids = finding.vulnerability ? [finding.vulnerability.id, ...finding.vulnerability.aliases] : [];
    groups.set(key, {
      ...group,
      findings: [...group.findings, finding],
      named: [...group.named, { place: at.place, purl: finding.component?.purl ?? '' }],
      flaws: new Set([...group.flaws, ...ids]),
    });
  }
  return [...groups.values()].sort((a, b) => depth(a) - depth(b) || byText(a.name, b.name) || Number(b.ships) - Number(a.ships));
};

const depth = (group: Group): number => Math.min(...group.named.map((n) => n.place.split('node_modules/').length));

/** `pkg:npm/%40scope/name@1.0.0` → `@scope/name`. */
const nameOfPurl = (finding: Finding): string => {
  const path = finding.component?.purl.slice('pkg:npm/'.length).split(/[?#]/)[0] ?? '';
  return decodeURIComponent(path.slice(0, Math.max(path.lastIndexOf('@'), 0)));
};

/** Places that hold a flaw of the group now: those named whose version is the one reported, and every other copy of its kind with the same flaw. */
export const placesOf = async (group: Group, lock: Lockfile, market: Market): Promise<readonly LockedPackage[]> => {
  const copies = [...lock.packages.values()].filter((pkg) => pkg.name === group.name && pkg.version !== undefined && !pkg.link);
  const hit = await Promise.all(copies.map((pkg) => isHit(group, pkg, market)));
  return copies.filter((_, i) => hit[i]);
};

const isHit = async (group: Group, pkg: LockedPackage, market: Market): Promise<boolean> => {
  const version = pkg.version ?? '';
  if (group.named.some((n) => n.place === pkg.place && versionOfPurl(n.purl) === version)) return true;
  if ((member(pkg.entry, 'dev') !== true) !== group.ships || lineOf(version) !== group.line) return false;
  return semver.valid(version) !== null && (await market.flaws(pkg.name, version)).some((flaw) => group.flaws.has(flaw));
};

const versionOfPurl = (purl: string): string => {
  const path = purl.split(/[?#]/)[0] ?? '';
  return decodeURIComponent(path.slice(path.lastIndexOf('@') + 1));
};
