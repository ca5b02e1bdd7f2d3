/** Pages made from the source are what the source says. */
import { expect, it } from 'vitest';
import { stale } from '../../scripts/generate-docs.ts';

it('rule pages and the schema of breakwater.yaml are up to date: npm run docs', async () => expect(await stale()).toEqual([]));
