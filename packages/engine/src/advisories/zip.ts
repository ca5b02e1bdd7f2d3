/** The files of a zip one after another, in bounded memory; paths inside serve only to name what is wrong. */
import { crc32, inflateRawSync } from 'node:zlib';
import { BreakwaterError } from '@breakwater/model';
import yauzl from 'yauzl';

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

const opened = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    // names stay bytes (decodeStrings false): a hostile path is data here and must not end the whole archive
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
    yauzl.open(path, options, (error, zip) => (error === null ? resolve(zip) : reject(error)));
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

const packedBytes = async (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> => {
  const raw = { decompress: entry.compressionMethod === DEFLATE ? false : null, decrypt: null, start: null, end: null };
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, raw, (error, readable) => (error === null ? resolve(readable) : reject(error)));
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

/** Bounded by what the directory of the zip declares and we allowed: a file that unpacks to more is a bomb, to less is damaged. */
const unpacked = async (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> => {
  if (entry.isEncrypted()) throw new Error('encrypted');
  const packed = await packedBytes(zip, entry);
  if (entry.compressionMethod !== DEFLATE && entry.compressionMethod !== 0) throw new Error('unknown compression');
  const bytes = entry.compressionMethod === DEFLATE ? inflateRawSync(packed, { maxOutputLength: entry.uncompressedSize + 1 }) : packed;
  if (bytes.length !== entry.uncompressedSize || crc32(bytes) !== entry.crc32) throw new Error('damaged, its checksum does not match');
  return bytes;
};

const isTooLarge = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const contentOf = async (path: string, zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer | Error> => {
  try {
    return await unpacked(zip, entry);
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

/** Yields only *.json. Throws BW4003 for a bomb and the zip reader's Error when the archive itself cannot be read. */
export async function* readZip(path: string, signal: AbortSignal, limits: ZipLimits = ZIP_LIMITS): AsyncGenerator<NamedBytes> {
  const zip = await opened(path);
  try {
    if (zip.entryCount > limits.entries) throw bomb(path, `${zip.entryCount} files`);
    let total = 0;
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
      signal.throwIfAborted();
      checkEntry(path, entry, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw bomb(path, `more than ${limits.totalBytes} bytes`);
      const name = String(entry.fileName);
      if (name.endsWith('.json')) yield { name, content: await contentOf(path, zip, entry) };
    }
  } finally {
    zip.close();
  }
}
