/** One tarball from the registry of the user's npm configuration, believed only when its bytes have the lockfile's digest. */
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { valid } from 'semver';
import type { RegistryOptions } from './npmrc.ts';

export interface Wanted {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity. */
  readonly integrity: string;
  /** As the lockfile says; only compared, never asked: a hostile lockfile must not choose whom we speak to. */
  readonly resolved?: string;
}

const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]{0,100}\/)?[a-z0-9~-][a-z0-9._~-]{0,213}$/i;
const MAX_PACKED = 100 * 1024 * 1024;

/** The verified bytes, or why not in one clause. Never throws for what the network or the lockfile does. */
export const fetchTarball = async (wanted: Wanted, options: RegistryOptions, signal: AbortSignal): Promise<Result<Uint8Array, string>> => {
  if (!NAME.test(wanted.name) || valid(wanted.version) !== wanted.version) return err('its name or version is not one of a registry');
  const registry = registryFor(wanted.name, options);
  const elsewhere = foreign(wanted.resolved, registry);
  if (elsewhere) return err(`it comes from ${elsewhere}, which your npm configuration does not name`);
  const url = `${registry.replace(/\/+$/, '')}/${wanted.name}/-/${wanted.name.replace(/^@[^/]+\//, '')}-${wanted.version}.tgz`;
  const { default: pacote } = await import('pacote');
  const once = () => pacote.tarball.stream(`${wanted.name}@${url}`, collected, { ...options, ...FETCHING, integrity: wanted.integrity });
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return ok(await once());
    } catch (cause) {
      if (attempt === 2 || FINAL.has(codeOf(cause))) return err(sentence(cause));
    }
  }
};

const FETCHING = { fetchRetries: 0, timeout: 60_000, ignoreScripts: true };
/** Asking again would not change these. */
const FINAL = new Set(['E401', 'E403', 'E404', 'EINTEGRITY', 'E2LARGE']);

/** npm's own default, and the alias that lockfiles name in its stead. */
const STANDARD = 'https://registry.npmjs.org/';
const SAME_AS_STANDARD = ['registry.npmjs.org', 'registry.yarnpkg.com'];

const registryFor = (name: string, options: RegistryOptions): string => {
  const scoped = name.startsWith('@') ? options[`${name.slice(0, name.indexOf('/'))}:registry`] : undefined;
  return typeof scoped === 'string' ? scoped : (options.registry ?? STANDARD);
};

/** A package of another registry must not have its name shown to the one that is configured (private names leak that way). */
const foreign = (resolved: string | undefined, registry: string): string | undefined => {
  const host = hostOf(resolved);
  return host === undefined || host === hostOf(registry) || SAME_AS_STANDARD.includes(host) ? undefined : host;
};

const hostOf = (url: string | undefined): string | undefined => (url !== undefined && URL.canParse(url) ? new URL(url).host : undefined);

const collected = async (stream: AsyncIterable<Buffer>): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > MAX_PACKED) throw Object.assign(new Error('larger than 100 MB'), { code: 'E2LARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';

const WORDS: Readonly<Record<string, string>> = {
  EINTEGRITY: 'what the registry sent does not have the digest of the lockfile',
  E404: 'the registry does not have it',
  E401: 'the registry asks for a login',
  E403: 'the registry refuses it',
  E2LARGE: 'it is larger than 100 MB',
};
const sentence = (cause: unknown): string => WORDS[codeOf(cause)] ?? `the registry could not be asked (${codeOf(cause)})`;
