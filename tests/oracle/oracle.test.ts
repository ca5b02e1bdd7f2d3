/** The product's alerts are those of a plain loop over all records; over real lockfiles: `npm run oracle -- FOLDER`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compare } from './compare.ts';

const root = join(import.meta.dirname, '../..');
const osv = join(root, '../shared/advisories/osv');

it.skipIf(!existsSync(osv))('on the lockfile of the pilot', { timeout: 60_000 }, async () => {
  const [pilot] = await compare(join(root, 'examples/checkout'), osv);
  expect(pilot?.uri).toBe('package-lock.json');
  expect(pilot?.packages).toMatchObject({ onlyOurs: [], onlyPlain: [] });
  expect(pilot?.alerts).toMatchObject({ onlyOurs: [], onlyPlain: [] });
  expect(pilot?.alerts.ours).toBeGreaterThan(100);
});
