/** What a member needs a locked package for: its Cargo.toml says, the lockfile does not. */
import semver from 'semver';
import type { EdgeKind } from '../dependencies/format.ts';
import type { LockPackage } from './lockfile.ts';
import type { Member, Wish } from './member.ts';

/** `1.2` means `^1.2`, a comma means and. */
const npmRange = (range: string): string =>
  range
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^(?=\d)/, '^')
        .replace(/\s+/g, ''),
    )
    .join(' ');

/** `true` also where the range cannot be told: a wish is then not ruled out. */
const allows = ({ range }: Wish, version: string): boolean => {
  if (range === undefined) return true;
  const parsed = range.length > 256 ? null : semver.validRange(npmRange(range));
  return parsed === null || semver.satisfies(version, parsed, { includePrerelease: true });
};

/** The wishes that this package fulfils: by name, and by range where several of the name are locked. */
const fulfilled = (member: Member, { name, version }: LockPackage): readonly Wish[] => {
  const named = member.wishes.get(name) ?? [];
  const fitting = named.filter((wish) => allows(wish, version));
  return fitting.length > 0 ? fitting : named;
};

export interface Need {
  /** As the member calls it. */
  readonly name: string;
  readonly kind: EdgeKind;
}

const RANK: readonly EdgeKind[] = ['prod', 'optional', 'dev'];

/** The strongest of a member's wishes for the package; one that its manifest does not know (it is older than the lockfile) is taken as needed. */
export const needOf = (member: Member, found: LockPackage, isEnabled: (member: Member, key: string) => boolean): Need => {
  const needs = fulfilled(member, found).map((wish): Need => {
    const soft = wish.optional && !isEnabled(member, wish.key);
    return { name: wish.key, kind: wish.dev ? 'dev' : soft ? 'optional' : 'prod' };
  });
  const strongest = RANK.flatMap((kind) => needs.find((need) => need.kind === kind) ?? [])[0];
  return strongest ?? { name: found.name, kind: 'prod' };
};
