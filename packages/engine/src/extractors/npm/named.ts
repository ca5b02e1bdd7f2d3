/** `name@wish` as lockfiles join them, and small things that readers of npm's registry share. */
import type { Left } from '../dependencies/format.ts';
import { isPublishable, originOfRange } from './origin.ts';

export interface Named {
  readonly name: string;
  /** A range, version, tag or address; '' where there is none. */
  readonly wish: string;
}

/** The first `@` that does not begin a scope parts the name from the rest. */
export const splitNamed = (text: string): Named => {
  const at = text.indexOf('@', 1);
  return at < 0 ? { name: text, wish: '' } : { name: text.slice(0, at), wish: text.slice(at + 1) };
};

/** Percent-encoding undone; as it is where it is broken. */
export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const ALIAS = 'npm:';

/** Another package under this name: `npm:other@^1` → `other` and `^1`; undefined for `npm:^1` and everything else. */
export const aliasOf = (wish: string): Named | undefined => {
  if (!wish.startsWith(ALIAS)) return undefined;
  const named = splitNamed(wish.slice(ALIAS.length));
  return named.wish === '' ? undefined : named;
};

/** Where an address leads that is not the registry's. */
export const elsewhere = (address: string): Exclude<Left['origin'], 'unresolved' | 'unreadable'> => {
  const origin = address.includes('#commit=') ? 'git' : originOfRange(address);
  return origin === 'registry' || origin === 'unreadable' ? 'remote' : origin;
};

/** What npm could not publish has no advisory, and no place in a package URL. */
export const publishedOr = <T extends string>(origin: T | 'registry', name: string, version: string): T | 'registry' | 'unreadable' =>
  origin === 'registry' && !isPublishable(name, version) ? 'unreadable' : origin;

/** No prototype: a package called `constructor` or `__proto__` is a name like any other. The first of a name counts. */
export const recordOf = (pairs: Iterable<readonly [string, string]>): Readonly<Record<string, string>> => {
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of pairs) if (result[key] === undefined) result[key] = value;
  return result;
};

/** A hex digest of SHA-1 as subresource integrity. */
export const integrityOfSha1 = (hex: string): string | undefined =>
  /^[0-9a-f]{40}$/i.test(hex) ? `sha1-${Buffer.from(hex, 'hex').toString('base64')}` : undefined;
