/** What a `resolution` of a berry lockfile says: `a@npm:1.0.0`, `a@workspace:packages/a`, `a@patch:a@npm%3A1.0.0#…`. */
import { decoded, elsewhere, splitNamed } from '../npm/named.ts';
import type { Block } from './block.ts';

export interface Located {
  readonly name: string;
  readonly origin: Block['origin'];
  /** Of a workspace or a portal. */
  readonly folder?: string;
  /** The locator that a patch is laid over. */
  readonly patches?: string;
  /** An address that the registry's is replaced by. */
  readonly archive?: string;
}

/** `packages/a`, from `./packages/a/`; undefined when it leads out of the lockfile's folder. */
const folderOf = (path: string): string | undefined => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return path.startsWith('/') || parts.includes('..') ? undefined : parts.join('/');
};

const archiveOf = (reference: string): string | undefined => {
  const found = /::(?:[^#]*&)?__archiveUrl=([^&#]+)/.exec(reference);
  return found?.[1] === undefined ? undefined : decoded(found[1]);
};

const MAX_PATCHES = 8;

const patched = (name: string, reference: string, depth: number): Located => {
  const base = decoded(reference.slice('patch:'.length).split('#', 1)[0] ?? '');
  const under = depth < MAX_PATCHES ? locate(base, depth + 1) : { origin: 'unreadable' as const };
  return { name, origin: under.origin === 'own' ? 'own' : under.origin, patches: base };
};

const inside = (name: string, path: string): Located => {
  const folder = folderOf(path);
  return folder === undefined ? { name, origin: 'file' } : { name, origin: 'own', folder };
};

/** A reference without a protocol is a version, as the first lockfiles of Yarn 2 had it. */
export const locate = (resolution: string, depth = 0): Located => {
  const { name, wish } = splitNamed(resolution);
  const reference = wish.startsWith('virtual:') ? wish.slice(wish.indexOf('#') + 1) : wish;
  const protocol = /^[a-z+]+:/i.exec(reference)?.[0];
  const path = (prefix: string): string => decoded(reference.slice(prefix.length).split('::', 1)[0] ?? '');
  if (reference === '') return { name, origin: 'unreadable' };
  if (protocol === 'npm:' || (protocol === undefined && /^\d/.test(reference))) {
    const archive = archiveOf(reference);
    return { name, origin: 'registry', ...(archive === undefined ? {} : { archive }) };
  }
  if (protocol === 'workspace:' || protocol === 'portal:') return inside(name, path(protocol));
  if (protocol === 'link:') return { name, origin: 'own' };
  if (protocol === 'patch:') return patched(name, reference, depth);
  if (protocol === 'exec:') return { name, origin: 'file' };
  return { name, origin: elsewhere(reference) };
};
