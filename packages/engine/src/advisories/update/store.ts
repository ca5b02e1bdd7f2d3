/** What is kept of a download beside its bytes: by what the server can tell that it is still the same, and their hash. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const keptSchema = z.object({
  /** Without credentials and query: another address is another file. */
  url: z.string(),
  etag: z.string().exactOptional(),
  lastModified: z.string().exactOptional(),
  length: z.number().int().nonnegative(),
  sha256: z.string(),
  /** RFC 3339: when the server last confirmed it. */
  confirmed: z.string(),
});
export type Kept = z.infer<typeof keptSchema>;

const partSchema = z.object({
  url: z.string(),
  /** A strong ETag, else the date of change. */
  validator: z.string(),
  /** Length of the whole, where the server said it. */
  total: z.number().int().nonnegative().exactOptional(),
});
export type PartNote = z.infer<typeof partSchema>;
export interface Part extends PartNote {
  /** Bytes that are here. */
  readonly size: number;
}

export const partOf = (path: string): string => `${path}.part`;
const noteOf = (path: string): string => `${path}.json`;

const readNote = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
  try {
    return schema.parse(JSON.parse(await readFile(noteOf(path), 'utf8')));
  } catch {
    // missing or torn: the bytes beside it are worth nothing without it
    return undefined;
  }
};

const writeNote = async (path: string, note: Kept | PartNote): Promise<void> => {
  await writeFile(`${noteOf(path)}.new`, `${JSON.stringify(note)}\n`);
  await rename(`${noteOf(path)}.new`, noteOf(path));
};

export interface Hashes {
  readonly length: number;
  readonly sha256: string;
  /** Base64, as `x-goog-hash` and `content-md5` write it. */
  readonly md5: string;
}

/** Read from the disk, so that what is checked is what will be used. */
export const hashesOf = async (path: string): Promise<Hashes> => {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let length = 0;
  for await (const chunk of createReadStream(path)) {
    sha256.update(chunk);
    md5.update(chunk);
    length += chunk.length;
  }
  return { length, sha256: sha256.digest('hex'), md5: md5.digest('base64') };
};

/** Of this address and unchanged on our disk; else `undefined`. */
export const readKept = async (path: string, url: string): Promise<Kept | undefined> => {
  const kept = await readNote(path, keptSchema);
  if (kept?.url !== url) return undefined;
  const hashes = await hashesOf(path).catch(() => undefined);
  return hashes?.sha256 === kept.sha256 ? kept : undefined;
};

export const writeKept = (path: string, kept: Kept): Promise<void> => writeNote(path, kept);

/** What an earlier attempt left; empty and complete ones are of no use. */
export const readPart = async (path: string, url: string): Promise<Part | undefined> => {
  const note = await readNote(partOf(path), partSchema);
  const size = await stat(partOf(path)).then(
    (stats) => stats.size,
    () => 0,
  );
  if (note?.url !== url || size === 0 || (note.total !== undefined && size >= note.total)) return undefined;
  return { ...note, size };
};

export const writePart = (path: string, note: PartNote): Promise<void> => writeNote(partOf(path), note);

export const dropPart = async (path: string): Promise<void> => {
  await rm(noteOf(partOf(path)), { force: true });
  await rm(partOf(path), { force: true });
};

/** Bytes first: a crash in between leaves bytes that do not fit their note, and they are loaded again. */
export const commitPart = async (path: string, kept: Kept): Promise<void> => {
  await rename(partOf(path), path);
  await writeKept(path, kept);
  await rm(noteOf(partOf(path)), { force: true });
};
