/** What the derivation asks of a registry: the versions of a package, and the code of one. Nothing that it sends is ever run. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { valid } from 'semver';
import { type Lanes, lanes } from '../../extractors/sources/lanes.ts';
import { type RegistryOptions, registryOptions } from '../../extractors/sources/npmrc.ts';
import { storeKey } from '../../extractors/sources/store.ts';
import { fetchTarball } from '../../extractors/sources/tarball.ts';
import { LIMITS, unpackEach } from '../../extractors/sources/unpack.ts';
import type { Release } from './scope.ts';

export interface Published {
  readonly version: string;
  readonly integrity: string;
  /** Bytes, as the registry says; absent for old versions. */
  readonly size?: number;
}

/** Errors are one clause for the user; `gone` = asking again would not help. */
export interface Registry {
  versionsOf(name: string): Promise<Result<readonly Published[], Failure>>;
  releaseOf(name: string, published: Published): Promise<Result<Release, Failure>>;
}
export interface Failure {
  readonly why: string;
  readonly gone: boolean;
}

export interface RegistryAccess {
  /** Absolute; packed tarballs stay there, so that another run asks for none of them again. */
  readonly cache: string;
  readonly signal: AbortSignal;
  /** For tests; the user's own by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** First pause before asking again, in milliseconds. */
  readonly pause?: number;
}

const MAX_UNPACKED = 40 * 1024 * 1024;
const WIDTH = 4;
const ATTEMPTS = 4;

export const openRegistry = (access: RegistryAccess): Registry => {
  const options = registryOptions(access.env ?? process.env);
  const gate = lanes(WIDTH);
  return {
    versionsOf: async (name) => gate(async () => retried(access, async () => askVersions(name, await options))),
    releaseOf: async (name, published) => {
      if ((published.size ?? 0) > MAX_UNPACKED) return err({ why: 'it is larger than 40 MB', gone: true });
      const packed = await tarballOf(name, published, access, gate, options);
      return packed.ok ? unpacked(packed.value) : packed;
    },
  };
};

const retried = async <T>(
  { signal, pause = 1_000 }: RegistryAccess,
  ask: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> => {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const result = await ask();
    if (result.ok || result.error.gone || attempt === ATTEMPTS) return result;
    await setTimeout(pause * 4 ** (attempt - 1), undefined, { signal });
  }
};

const GONE = new Set(['E404', 'E401', 'E403', 'E405', 'EUNPUBLISHED', 'EINVALIDPACKAGENAME']);
const NAME = /^(?:@[\w~-][\w.~-]{0,100}\/)?[\w~-][\w.~-]{0,213}$/;

const askVersions = async (name: string, options: RegistryOptions): Promise<Result<readonly Published[], Failure>> => {
  if (!NAME.test(name)) return err({ why: 'it has no name that a registry takes', gone: true });
  const { default: pacote } = await import('pacote');
  try {
    const { versions } = await pacote.packument(name, { ...options, fetchRetries: 0, timeout: 60_000 });
    return ok(
      Object.entries(versions).flatMap(([version, { dist }]) => {
        const integrity = dist?.integrity ?? sha1Of(dist?.shasum);
        if (valid(version) !== version || integrity === undefined) return [];
        return [{ version, integrity, ...(typeof dist?.unpackedSize === 'number' ? { size: dist.unpackedSize } : {}) }];
      }),
    );
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    return err(
      GONE.has(code)
        ? { why: 'the registry does not have it', gone: true }
        : { why: `the registry could not be asked (${code})`, gone: false },
    );
  }
};

/** Versions of before 2017 have no other digest. */
const sha1Of = (shasum: unknown): string | undefined =>
  typeof shasum === 'string' && /^[0-9a-f]{40}$/.test(shasum) ? `sha1-${Buffer.from(shasum, 'hex').toString('base64')}` : undefined;

const tarballOf = async (
  name: string,
  published: Published,
  access: RegistryAccess,
  gate: Lanes,
  options: Promise<RegistryOptions>,
): Promise<Result<Uint8Array, Failure>> => {
  const key = storeKey(published.integrity);
  if (key === undefined) return err({ why: 'the registry has no digest for it', gone: true });
  const file = join(access.cache, 'tarballs', `${key}.tgz`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined) return ok(kept);
  const asked = await gate(() =>
    retried(access, async () => {
      const packed = await fetchTarball({ name, ...published }, await options, access.signal);
      return packed.ok ? packed : err({ why: packed.error, gone: !/could not be asked/.test(packed.error) });
    }),
  );
  if (asked.ok) await keep(file, asked.value);
  return asked;
};

/** Written beside and renamed: a run that is killed leaves no half file. A cache that cannot be written costs time, nothing else. */
const keep = async (file: string, bytes: Uint8Array): Promise<void> => {
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(`${file}.${process.pid}`, bytes);
    await rename(`${file}.${process.pid}`, file);
  } catch {
    await rm(`${file}.${process.pid}`, { force: true });
  }
};

const unpacked = async (packed: Uint8Array): Promise<Result<Release, Failure>> => {
  const files = new Map<string, string>();
  const done = await unpackEach(packed, { ...LIMITS, bytes: MAX_UNPACKED }, (path, content) => void files.set(path, content.toString()));
  if (!done.ok) return err({ why: `its tarball is refused: ${done.error}`, gone: true });
  return ok({ files, manifest: manifestOf(files.get('package.json') ?? '{}') });
};

const manifestOf = (text: string): Release['manifest'] => {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    // an object that is no list has keys and values, whatever they are
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Release['manifest']) : {};
  } catch {
    return {};
  }
};
