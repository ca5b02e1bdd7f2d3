/** The nested `dependencies` of lockfile version 1: the tree of node_modules written as a tree. */
import type { Region } from '@breakwater/model';
import type { Declared, LockEntry } from './entry.ts';
import { readTexts } from './entry.ts';
import type { JsonCursor } from './json-cursor.ts';

const ALIAS = 'npm:';

/** `npm:name@version` → both; `undefined` when it is no alias. */
const aliasOf = (version: string): { readonly name: string; readonly version: string } | undefined => {
  const at = version.lastIndexOf('@');
  return version.startsWith(ALIAS) && at > ALIAS.length
    ? { name: version.slice(ALIAS.length, at), version: version.slice(at + 1) }
    : undefined;
};

/** `requires` does not say what is optional; the entry that is required does, so the kind is settled when edges are resolved. */
const declaredOf = (requires: ReadonlyMap<string, string>): ReadonlyMap<string, Declared> =>
  new Map([...requires].map(([name, range]) => [name, { range, kind: 'prod' }]));

interface Draft {
  version: string | undefined;
  resolved: string | undefined;
  integrity: string | undefined;
  dev: boolean;
  optional: boolean;
  requires: ReadonlyMap<string, string>;
}

const readMember = (cursor: JsonCursor, key: string, draft: Draft): void => {
  if (key === 'version' || key === 'resolved' || key === 'integrity') draft[key] = cursor.text();
  else if (key === 'dev' || key === 'optional') draft[key] = cursor.flag();
  else if (key === 'requires') draft.requires = readTexts(cursor);
};

const readEntry = (cursor: JsonCursor, place: string, region: Region, add: (entry: LockEntry) => void): void => {
  const draft: Draft = { version: undefined, resolved: undefined, integrity: undefined, dev: false, optional: false, requires: new Map() };
  cursor.object((key) => {
    if (key === 'dependencies' && cursor.next === '{') readNested(cursor, place, add);
    else readMember(cursor, key, draft);
  });
  const alias = aliasOf(draft.version ?? '');
  add({
    place,
    region,
    name: alias?.name,
    version: alias?.version ?? draft.version,
    resolved: draft.resolved,
    integrity: draft.integrity,
    link: false,
    flags: { dev: draft.dev, optional: draft.optional, devOptional: false },
    hasInstallScript: false,
    declares: declaredOf(draft.requires),
  });
};

/** Calls `add` for each entry below `parent` (`` at the top), children before their parent. Depth is bounded by the cursor. */
export const readNested = (cursor: JsonCursor, parent: string, add: (entry: LockEntry) => void): void => {
  cursor.object((name, region) => readEntry(cursor, `${parent === '' ? '' : `${parent}/`}node_modules/${name}`, region, add));
};
