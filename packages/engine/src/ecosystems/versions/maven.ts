/** Maven's ComparableVersion of 3.9: a version is a list whose tail may be a list again. @see https://maven.apache.org/pom.html#version-order-specification */
import { byText } from '../../lib/order.ts';
import type { MavenItem } from './maven-items.ts';
import { itemsOf } from './maven-items.ts';
import type { Ordering } from './order.ts';
import { compareDigits } from './tokens.ts';

/** In their order; what is no qualifier is after all of them, by its letters. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = QUALIFIERS.indexOf('');

const rankOf = (qualifier: string): number => {
  const rank = QUALIFIERS.indexOf(qualifier);
  return rank < 0 ? QUALIFIERS.length : rank;
};

const compareQualifiers = (a: string, b: string): number => {
  const rank = rankOf(a);
  return rank - rankOf(b) || (rank === QUALIFIERS.length ? byText(a, b) : 0);
};

/** `1-rc` is before `1`, `1.1` after it; what a list holds decides, not the list. */
const compareWithNothing = (item: MavenItem): number => {
  if (item.kind === 'list') return 0;
  return item.kind === 'number' ? item.digits.length : rankOf(item.qualifier) - RELEASE;
};

/** Of two kinds at one place: `1.x` < `1-x` is `1-1` < `1.1`. */
const KINDS: readonly MavenItem['kind'][] = ['qualifier', 'list', 'number'];

const compareItems = (a: MavenItem, b: MavenItem): number => {
  if (a.kind === 'qualifier' && b.kind === 'qualifier') return compareQualifiers(a.qualifier, b.qualifier);
  if (a.kind === 'number' && b.kind === 'number') return compareDigits(a.digits, b.digits);
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
};

const compareAt = (a: MavenItem | undefined, b: MavenItem | undefined): number => {
  if (a === undefined) return b === undefined ? 0 : -compareWithNothing(b);
  return b === undefined ? compareWithNothing(a) : compareItems(a, b);
};

/** Ranges, unresolved properties and Maven's words for "the newest" are no versions. */
const NO_VERSION = /[\s${}[\](),]|^(?:LATEST|RELEASE)?$/;

/** As the reference does, not transitive for a qualifier between two numbers (`1.sp.2`, `1`, `1-rc`). */
export const maven: Ordering<readonly MavenItem[]> = {
  parse: (text) => (NO_VERSION.test(text) ? undefined : itemsOf(text.toLowerCase())),
  compare: (a, b) => {
    const length = Math.max(a.length, b.length);
    for (let i = 0; i < length; i += 1) {
      const order = compareAt(a[i], b[i]);
      if (order !== 0) return order;
    }
    return 0;
  },
};
