/** Where the index that ships with the product lies. */
import { fileURLToPath } from 'node:url';

/** Absolute; the same from src/advisories/ and dist/advisories/, which are equally deep. */
export const snapshotFolder: string = fileURLToPath(new URL('../../data/advisories', import.meta.url));
