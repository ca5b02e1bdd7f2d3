/** Random VEX documents as the standards allow them: an action with `affected`, a reason with `not_affected`. */
import type { Bom, VexDocument, VexJustification, VexStatement } from '@breakwater/model';
import fc from 'fast-check';
import { anyWords } from './bom.ts';
import { instant } from './run.ts';

const JUSTIFICATIONS: readonly VexJustification[] = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
];

const id = fc.oneof(
  fc.integer({ min: 1000, max: 99_999 }).map((n) => `CVE-2024-${n}`),
  fc.stringMatching(/^[a-z0-9]{4}$/).map((part) => `GHSA-${part}`),
);

/** Some are components of the Bom, some name every version, some are not in it. */
const product = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('pkg:npm/a@1.0.0', 'pkg:npm/%40x/a', 'pkg:maven/org.x/a@1?type=jar', ...known),
    fc.stringMatching(/^[a-z]{1,6}$/).map((name) => `pkg:pypi/${name}@2.0`),
  );

const statement = (words: fc.Arbitrary<string>, known: readonly string[]): fc.Arbitrary<VexStatement> =>
  fc
    .tuple(
      fc.record({
        vulnerability: id,
        aliases: fc.uniqueArray(id, { maxLength: 3 }),
        products: fc.uniqueArray(product(known), { minLength: 1, maxLength: 4 }),
      }),
      fc.oneof(
        fc.record(
          { status: fc.constant('not_affected' as const), justification: fc.constantFrom(...JUSTIFICATIONS), impact: words },
          { requiredKeys: ['status', 'justification'] },
        ),
        fc.record({ status: fc.constant('not_affected' as const), impact: words }),
        fc.record({ status: fc.constant('affected' as const), action: words }),
        fc.record(
          { status: fc.constantFrom('fixed' as const, 'under_investigation' as const), impact: words },
          { requiredKeys: ['status'] },
        ),
      ),
      fc.record({ at: instant }, { requiredKeys: [] }),
    )
    .map(([{ products, ...named }, judged, dated]) => {
      const [first = 'pkg:npm/a@1.0.0', ...others] = products;
      return { ...named, ...judged, ...dated, products: [first, ...others] as const };
    });

const order = (a: VexStatement, b: VexStatement): number => {
  const [x, y] = [a, b].map(({ vulnerability, products }) => `${vulnerability}\0${products[0]}`);
  return (x ?? '') < (y ?? '') ? -1 : (x ?? '') > (y ?? '') ? 1 : 0;
};

export const vexOf = (words: fc.Arbitrary<string>, known: readonly string[] = []): fc.Arbitrary<VexDocument> =>
  fc.record({
    id: fc.stringMatching(/^[a-z0-9]{1,12}$/).map((name) => `https://example.test/vex/${name}`),
    author: words,
    createdAt: instant,
    version: fc.integer({ min: 1, max: 99 }),
    tool: fc.record({ name: words, version: words }),
    statements: fc
      .uniqueArray(statement(words, known), { selector: (one) => `${one.vulnerability}\0${one.products[0]}`, minLength: 1, maxLength: 5 })
      .map((statements) => [...statements].sort(order)),
  });

export const vex = vexOf(anyWords);

/** Products that the Bom has, so that statements point into it. */
export const withVex = (bom: fc.Arbitrary<Bom>, words: fc.Arbitrary<string>): fc.Arbitrary<readonly [Bom, VexDocument]> =>
  bom.chain((some) => {
    const purls = some.manifests.flatMap(({ components }) => components.flatMap(({ purl }) => purl ?? []));
    return fc.tuple(fc.constant(some), vexOf(words, purls));
  });
