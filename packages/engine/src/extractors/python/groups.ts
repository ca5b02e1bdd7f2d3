/** Groups of dependencies: which of them ship. */
import type { EdgeKind, Scope } from '../dependencies/format.ts';

/** Groups are for development unless their name says otherwise (PEP 735 leaves their meaning open). */
const SHIPPED = /(?:^|[-_.])(?:main|default|prod|production|deploy|deployment|runtime|server)(?:$|[-_.])/i;

const isShipped = (group: string): boolean => SHIPPED.test(group);

export const kindOfGroup = (group: string): EdgeKind => (isShipped(group) ? 'prod' : 'dev');

/** Of a package that a lockfile puts into these groups; `undefined` where it names none. */
export const scopeOfGroups = (groups: readonly string[], optional: boolean): Scope | undefined => {
  if (groups.length === 0) return optional ? 'optional' : undefined;
  if (!groups.some(isShipped)) return 'excluded';
  return optional ? 'optional' : 'required';
};
