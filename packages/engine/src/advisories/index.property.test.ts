import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { zipOf } from '../../../../tests/support/zip.ts';
import { buildIndex } from './build.ts';
import { openIndex } from './open.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'breakwater-index-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const ECOSYSTEMS = ['npm', 'PyPI', 'NuGet', 'Debian:12'];
const name = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'A', '-', '_', '.', 'é', '/', '\u{1F600}') });
const one = fc.record({ ecosystem: fc.constantFrom(...ECOSYSTEMS), name, fixed: fc.integer({ min: 1, max: 9 }) });
const records = fc.array(fc.record({ affected: fc.array(one, { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 25 });

/** How each registry tells names apart, said once more and differently. */
const same = (ecosystem: string, a: string, b: string): boolean => {
  const plain = (text: string): string => (ecosystem === 'PyPI' ? text.split(/[-_.]+/).join('-') : text);
  return ecosystem === 'PyPI' || ecosystem === 'NuGet' ? plain(a).toLowerCase() === plain(b).toLowerCase() : a === b;
};

it('answers as a search through all records does, for every name and spelling', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.array(name, { maxLength: 5 }), async (all, others) => {
      const osv = all.map(({ affected }, i) => ({
        id: `X-${i}`,
        modified: '2026-01-01T00:00:00Z',
        affected: affected.map((a) => ({
          package: { ecosystem: a.ecosystem, name: a.name },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: `${a.fixed}` }] }],
        })),
      }));
      await writeFile(join(home, 'all.zip'), zipOf(osv));
      const to = join(home, 'index');
      await buildIndex({ from: join(home, 'all.zip'), to, signal: new AbortController().signal });
      const index = await openIndex(to);
      const asked = [...all.flatMap(({ affected }) => affected.map((a) => a.name)), ...others];
      for (const ecosystem of ECOSYSTEMS) {
        const found = await index.advisoriesOf(ecosystem, asked);
        for (const word of asked) {
          const naive = all.flatMap(({ affected }, i) =>
            affected.some((a) => a.ecosystem === ecosystem && same(ecosystem, a.name, word)) ? [`X-${i}`] : [],
          );
          expect((found.get(word) ?? []).map((f) => f.id)).toEqual(naive.sort());
        }
      }
      await index.close();
    }),
    { numRuns: 40 },
  );
});
