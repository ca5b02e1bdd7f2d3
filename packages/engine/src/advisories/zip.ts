/** The files of a zip one after another, in bounded memory; paths inside serve only to name what is wrong. */
import { setImmediate } from 'node:timers/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { BreakwaterError } from '@breakwater/model';
import yauzl from 'yauzl';
import { ZipFile } from './zip-file.ts';

export interface ZipLimits {
  /** Bytes of one file, unpacked; the largest OSV records are below 4 MB. */
  readonly entryBytes: number;
  readonly totalBytes: number;
  readonly entries: number;
  /** Unpacked : packed, asked of files above 1 MiB. JSON lists of versions reach about 60. */
  readonly ratio: number;
}
export const ZIP_LIMITS: ZipLimits = { entryBytes: 32 << 20, totalBytes: 8 * 1024 ** 3, entries: 2_000_000, ratio: 200 };

/** One file, or what is wrong with it. */
export interface NamedBytes {
  readonly name: string;
  readonly content: Buffer | Error;
}

const DEFLATE = 8;

const bomb = (path: string, what: string): BreakwaterError =>
  new BreakwaterError(
    'BW4003',
    `${path} unpacks to more than an OSV archive may hold: ${what}`,
    'Use the all.zip of the OSV bucket as it is',
  );

interface Archive {
  readonly file: ZipFile;
  readonly directory: yauzl.ZipFile;
}

const opened = (path: string): Promise<Archive> =>
  new Promise((resolve, reject) => {
    const file = new ZipFile(path);
    // names stay bytes (decodeStrings false): a hostile path is data here and must not end the whole archive
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
    yauzl.fromRandomAccessReader(file, file.size, options, (error, directory) => {
      if (error === null) return resolve({ file, directory });
      file.close(() => reject(error));
    });
  });

const nextEntry = (zip: yauzl.ZipFile): Promise<yauzl.Entry | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      zip.removeAllListeners();
      done();
    };
    zip.once('entry', (entry: yauzl.Entry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => resolve(undefined)));
    zip.once('error', (error: Error) => settle(() => reject(error)));
    zip.readEntry();
  });

/** Bounded by what the directory of the zip declares and we allowed: a file that unpacks to more is a bomb, to less is damaged. */
const unpacked = (file: ZipFile, entry: yauzl.Entry): Buffer => {
  if (entry.isEncrypted()) throw new Error('encrypted');
  const packed = file.packed(entry);
  if (entry.compressionMethod !== DEFLATE && entry.compressionMethod !== 0) throw new Error('unknown compression');
  const bytes =
    entry.compressionMethod === DEFLATE ? inflateRawSync(packed, { maxOutputLength: entry.uncompressedSize + 1 }) : Buffer.from(packed);
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) throw new Error('damaged, its checksum does not match');
  return bytes;
};

const isTooLarge = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const contentOf = (path: string, file: ZipFile, entry: yauzl.Entry): Buffer | Error => {
  try {
    return unpacked(file, entry);
  } catch (error) {
    if (isTooLarge(error)) throw bomb(path, 'a file is larger than the archive says');
    return error instanceof Error ? error : new Error(String(error));
  }
};

const checkEntry = (path: string, entry: yauzl.Entry, limits: ZipLimits): void => {
  if (entry.uncompressedSize > limits.entryBytes || entry.compressedSize > limits.entryBytes) {
    throw bomb(path, `a file of ${entry.uncompressedSize} bytes`);
  }
  const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
  if (entry.uncompressedSize > 1 << 20 && ratio > limits.ratio) throw bomb(path, `a file packed ${Math.round(ratio)} : 1`);
};

/** Nothing above waits for the disk, so that timers and Ctrl-C need a turn now and then. */
const TURN = 200;

/** Yields only *.json. Throws BW4003 for a bomb and the zip reader's Error when the archive itself cannot be read. */
export async function* readZip(path: string, signal: AbortSignal, limits: ZipLimits = ZIP_LIMITS): AsyncGenerator<NamedBytes> {
  const { file, directory } = await opened(path);
  try {
    if (directory.entryCount > limits.entries) throw bomb(path, `${directory.entryCount} files`);
    let total = 0;
    for (let entry = await nextEntry(directory), at = 0; entry !== undefined; entry = await nextEntry(directory), at += 1) {
      if (at % TURN === 0) await setImmediate();
      signal.throwIfAborted();
      checkEntry(path, entry, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw bomb(path, `more than ${limits.totalBytes} bytes`);
      const name = String(entry.fileName);
      if (name.endsWith('.json')) yield { name, content: contentOf(path, file, entry) };
    }
  } finally {
    directory.close();
  }
}

/** Unpacks all of it: throws BW4003 for a bomb, an Error for a file that cannot be unpacked or an archive without a record. */
export const checkZip = async (path: string, signal: AbortSignal, limits: ZipLimits = ZIP_LIMITS): Promise<void> => {
  let files = 0;
  for await (const { content } of readZip(path, signal, limits)) {
    if (content instanceof Error) throw content;
    files += 1;
  }
  if (files === 0) throw new Error('it holds no records');
};
