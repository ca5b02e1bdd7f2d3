/** vex: what a publisher or the team states of this flaw in this package. The first document that speaks of it counts. */
import type { Enricher, StatedVex } from '@breakwater/model';
import type { Facts } from '../../extractors/facts.ts';

/** Without qualifiers and subpath: `pkg:npm/a@1.0.0?arch=x#lib` → `pkg:npm/a@1.0.0`. */
const bare = (purl: string): string => purl.split(/[?#]/, 1)[0] ?? '';

/** A product without a version speaks of every version (OpenVEX, §Package URLs). */
const speaksOf = (product: string, purl: string): boolean => {
  const wanted = bare(product);
  return wanted === purl || purl.slice(0, purl.lastIndexOf('@')) === wanted;
};

const byId = (statements: readonly StatedVex[]): ReadonlyMap<string, readonly StatedVex[]> => {
  const found = new Map<string, StatedVex[]>();
  for (const statement of statements) {
    for (const id of [statement.vulnerability, ...statement.aliases]) found.set(id, [...(found.get(id) ?? []), statement]);
  }
  return found;
};

export const vex: Enricher<'vex', Facts, 'vex'> = {
  adds: 'vex',
  after: [],
  needs: { network: false, execution: 'none' },
  reads: ['vex'],
  open: async (facts) => {
    const statements = byId(facts.vex);
    return async ({ vulnerability, component, locations }) => {
      if (vulnerability === undefined || component === undefined) return undefined;
      const about = [vulnerability.id, ...vulnerability.aliases].flatMap((id) => statements.get(id) ?? []);
      // one finding stands for all versions of a line: a statement on one of them says nothing of the others
      const versions = new Set(locations.map(({ fullyQualifiedName }) => fullyQualifiedName));
      const stated = about.find(({ products }) =>
        products.some((product) => speaksOf(product, bare(component.purl)) && (versions.size < 2 || !bare(product).includes('@', 5))),
      );
      if (stated === undefined) return undefined;
      const { status, justification, author } = stated;
      return { status, ...(justification === undefined ? {} : { justification }), author };
    };
  },
};
