/** What planning asks of a registry, and the client that asks with the user's own npm configuration. */
import pacote from 'pacote';
import type { JsonObject } from '../json/plain.ts';
import { isObject, member, textMember } from '../json/plain.ts';

export interface Release {
  readonly version: string;
  readonly manifest: JsonObject;
  /** A sentence of the publisher. */
  readonly deprecated?: string;
  /** Milliseconds since the epoch; undefined when the registry does not say. */
  readonly publishedAt?: number;
}

export interface Registry {
  /** Every published version; undefined when the registry does not know the name. Rejects when it cannot be reached. */
  releases(name: string): Promise<readonly Release[] | undefined>;
}

/** Flat options of npm (registry, `@scope:registry`, `//host/:_authToken`, ca, proxy, cache …) from the USER's files, never the project's. */
export type NpmOptions = Readonly<Record<string, unknown>>;

/** One request a name and run. Bodies are parsed by npm-registry-fetch, which follows at most 20 redirects. */
export const openRegistry = (options: NpmOptions, signal?: AbortSignal): Registry => {
  const known = new Map<string, Promise<readonly Release[] | undefined>>();
  return {
    releases: (name) => {
      const asked = known.get(name) ?? fetchReleases(name, options, signal);
      known.set(name, asked);
      return asked;
    },
  };
};

const fetchReleases = async (name: string, options: NpmOptions, signal?: AbortSignal): Promise<readonly Release[] | undefined> => {
  signal?.throwIfAborted();
  try {
    return readPackument(await pacote.packument(name, { fetchRetries: 1, fetchTimeout: 30_000, ...options, fullMetadata: true }));
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  }
};

/** Publish times stand beside the versions; a registry that leaves them out gives releases of unknown age. */
export const readPackument = (body: unknown): readonly Release[] => {
  const times = member(body, 'time');
  const versions = member(body, 'versions');
  if (!isObject(versions)) return [];
  return Object.entries(versions).flatMap(([version, manifest]) => {
    if (!isObject(manifest)) return [];
    const deprecated = textMember(manifest, 'deprecated');
    const at = Date.parse(textMember(times, version) ?? '');
    return [{ version, manifest, ...(deprecated && { deprecated }), ...(Number.isFinite(at) && { publishedAt: at }) }];
  });
};
