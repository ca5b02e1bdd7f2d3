/** package.json: only what it declares. */
import type { Declared } from './entry.ts';
import { Declarations } from './entry.ts';
import { JsonCursor } from './json-cursor.ts';

/** name → what is asked for; throws JsonError. Peers are declared too, but a package.json with nothing else needs no lockfile. */
export const parseManifest = (text: string): ReadonlyMap<string, Declared> => {
  const cursor = new JsonCursor(text);
  const declarations = new Declarations();
  cursor.object((key) => {
    if (key !== 'peerDependencies') declarations.take(key, cursor);
  });
  cursor.end();
  return declarations.all();
};
