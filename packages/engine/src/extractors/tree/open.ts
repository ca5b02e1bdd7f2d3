/** Opens a directory for the extractors: its files, once, and a bounded reader that stays inside the root. */
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Config, StatedVex } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import ignore from 'ignore';
import type { FoundFile, NamedEvidence, Reading, ReadProblem } from '../reading.ts';
import { decode } from './decode.ts';
import { ignoredPaths, isIgnored } from './ignored.ts';
import type { WalkedFile } from './walk.ts';
import { walk } from './walk.ts';

/** What is found once in the main thread and handed to each worker. */
export interface Inventory {
  readonly files: readonly WalkedFile[];
  readonly unreadable: readonly string[];
  readonly truncated: boolean;
  readonly kind: Reading['kind'];
}

export interface ReadingOptions {
  readonly root: string;
  readonly inventory: Inventory;
  readonly config: Config;
  /** Whose `exclude` list of breakwater.yaml applies: `secrets`. */
  readonly control: string;
  readonly offline: boolean;
  readonly cache: string;
  readonly advisories: string;
  readonly vex?: readonly StatedVex[];
  readonly coverage?: readonly NamedEvidence[];
  readonly signal: AbortSignal;
  readonly problem: (problem: ReadProblem) => void;
  readonly progress: (doing: string) => void;
  readonly looked: (what: string) => void;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

export const takeInventory = async (root: string, signal: AbortSignal): Promise<Inventory> => {
  const [found, ignored] = await Promise.all([walk(root, signal), ignoredPaths(root, signal)]);
  const skip = isIgnored(ignored);
  return { ...found, files: found.files.filter((file) => !skip(file.uri)), kind: 'directory' };
};

/** One file as the whole target; `path` is absolute. Throws what the disk says when it is gone. */
export const takeSbom = async (path: string): Promise<Inventory> => {
  const { size } = await lstat(path);
  return { files: [{ uri: basename(path), raw: Buffer.from(path), bytes: size }], unreadable: [], truncated: false, kind: 'sbom' };
};

export const openReading = (options: ReadingOptions): Reading => {
  const patterns = options.config.controls?.[options.control]?.exclude?.map((e) => e.path) ?? [];
  const excluded = ignore().add(patterns);
  const files = options.inventory.files.filter((file) => !isExcluded(excluded, file.uri));
  const rawOf = new Map(files.map((file) => [file.uri, file]));
  const bytes = async (uri: string, maxBytes: number): Promise<Buffer> => readBytes(known(rawOf.get(uri), uri), maxBytes);
  return {
    ...options,
    kind: options.inventory.kind,
    vex: options.vex ?? [],
    files,
    readText: async (uri, maxBytes = DEFAULT_MAX_BYTES) => decode(await bytes(uri, maxBytes)),
    readBytes: bytes,
    readRange: async (uri, offset, length) => readRange(known(rawOf.get(uri), uri), offset, length),
  };
};

const isExcluded = (patterns: ReturnType<typeof ignore>, uri: string): boolean => ignore.isPathValid(uri) && patterns.ignores(uri);

const known = (file: WalkedFile | undefined, uri: string): WalkedFile => {
  if (file !== undefined) return file;
  throw new BreakwaterError('BW3003', `${uri} is not a file of the target`, 'Name a file below the scanned folder.');
};

/** Reads at most `maxBytes`; a file that grew since the walk is refused as well. Throws BW3004 when larger, BW3003 when unreadable. */
export const readBytes = async (file: FoundFile & { readonly raw: Buffer }, maxBytes: number): Promise<Buffer> =>
  opened(file, async (handle) => {
    const { size } = await handle.stat();
    if (size > maxBytes) throw tooLarge(file.uri, size, maxBytes);
    return handle.readFile();
  });

/** `offset` and `length` are natural numbers; the answer is shorter where the file ends. */
const readRange = async (file: WalkedFile, offset: number, length: number): Promise<Buffer> =>
  opened(file, async (handle) => {
    const { size } = await handle.stat();
    const into = Buffer.alloc(Math.max(0, Math.min(length, size - offset))); // a header can claim any length: the file bounds it
    let filled = 0;
    while (filled < into.length) {
      const { bytesRead } = await handle.read(into, filled, into.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return into.subarray(0, filled);
  });

const opened = async <T>(file: WalkedFile, use: (handle: FileHandle) => Promise<T>): Promise<T> => {
  const handle = await open(file.raw, 'r').catch((cause: unknown) => {
    throw new BreakwaterError('BW3003', `${file.uri} cannot be read`, 'Give the scan the right to read it, or exclude it with a reason.', {
      cause,
    });
  });
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
};

const tooLarge = (uri: string, size: number, maxBytes: number): BreakwaterError =>
  new BreakwaterError(
    'BW3004',
    `${uri} is ${megabytes(size)} MB, more than the ${megabytes(maxBytes)} MB that are read`,
    'Exclude it in breakwater.yaml with a reason.',
  );

const megabytes = (bytes: number): string => Math.ceil(bytes / 1_048_576).toLocaleString('en-US');
