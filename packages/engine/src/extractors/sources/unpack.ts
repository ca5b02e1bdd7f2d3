/** Unpacks a package's tarball: only what module resolution reads, and nothing that could leave the folder or fill the disk. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { extract, type Header } from 'tar-stream';

export interface UnpackLimits {
  /** Sum of all entries, unpacked. */
  readonly bytes: number;
  readonly files: number;
  /** Unpacked to packed; counts from `floor` bytes on, since small text packs well. */
  readonly ratio: number;
  readonly floor: number;
}
export const LIMITS: UnpackLimits = { bytes: 200 * 1024 * 1024, files: 20_000, ratio: 200, floor: 20 * 1024 * 1024 };

const CODE = /\.(?:js|cjs|mjs|jsx|ts|cts|mts|tsx)$/i;
const TYPES = /\.d\.(?:ts|cts|mts)$/i;
/** Their names matter to resolution, their text does not: they are written empty. */
const NAME_ONLY = /\.(?:json|node|wasm)$/i;

/** Everything is written below `into`; refused = the reason, and what was written so far is the caller's to remove. */
export const unpack = (packed: Uint8Array, into: string, limits: UnpackLimits = LIMITS): Promise<Result<number, string>> =>
  unpackEach(packed, limits, async (path, content) => {
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), content, { mode: 0o644 });
  });

/** Hands each file to `take`, its path inside the package; gives their number, or why it is refused. */
export const unpackEach = async (
  packed: Uint8Array,
  limits: UnpackLimits,
  take: (path: string, content: string | Buffer) => Promise<void> | void,
): Promise<Result<number, string>> => {
  const allowed = Math.min(limits.bytes, Math.max(limits.floor, packed.byteLength * limits.ratio));
  const gunzip = createGunzip();
  const entries = extract();
  let written = 0;
  let seen = 0;
  let bytes = 0;
  Readable.from([packed]).pipe(gunzip);
  gunzip.on('error', (cause) => entries.destroy(cause));
  gunzip.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > allowed) gunzip.destroy(new Error(`it unpacks to more than ${Math.floor(allowed / 1_048_576)} MB`));
  });
  gunzip.pipe(entries);
  try {
    for await (const entry of entries) {
      seen += 1;
      if (seen > limits.files) throw new Error(`it holds more than ${limits.files} files`);
      const path = refusal(entry.header);
      const content = await contentOf(entry, path);
      if (content === undefined || path === undefined) continue;
      await take(path, content);
      written += 1;
    }
    return ok(written);
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  } finally {
    gunzip.destroy();
    entries.destroy();
  }
};

/** The path without its first folder (npm strips it, whatever its name). Throws for an entry that no honest package holds. */
const refusal = (header: Header): string | undefined => {
  const { name, type } = header;
  if (type === 'directory') return undefined;
  if (type !== 'file' && type !== 'contiguous-file') throw new Error(`the entry ${shown(name)} is a ${type}, not a file`);
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const odd = name.startsWith('/') || parts.includes('..') || /\0|\\|^[A-Za-z]:/.test(name) || name.length > 1_000;
  if (odd) throw new Error(`the entry ${shown(name)} points outside the package`);
  return parts.length > 1 ? parts.slice(1).join('/') : undefined;
};

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

type Entry = AsyncIterable<unknown>;

/** Bundled dependencies stay: their lockfile entries have no tarball of their own. */
const contentOf = async (entry: Entry, path: string | undefined): Promise<string | Buffer | undefined> => {
  const base = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  const empty = base !== 'package.json' && NAME_ONLY.test(base);
  const readable = base === 'package.json' || (CODE.test(base) && !TYPES.test(base)) || !base.slice(1).includes('.');
  if (path === undefined || empty || !readable) {
    for await (const _ of entry); // an entry that is not read blocks the next one
    return empty ? '' : undefined;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
};
