/** A zip read by its directory, in bounded memory and only where it is asked for. @see APPNOTE.TXT 6.3.10, sections 4.3 and 4.4 */
import { crc32, inflateRawSync } from 'node:zlib';

/** Bytes of a file, of a part of one, or in memory. */
export interface ByteSource {
  readonly size: number;
  /** Fewer bytes where the source ends before. */
  read(offset: number, length: number): Promise<Buffer>;
}

export interface ZipEntry {
  /** As written: data, never a path of this machine. */
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  /** Of its local header. */
  readonly offset: number;
  readonly encrypted: boolean;
}

/** What is wrong with an archive, in words that continue `could not be read: `. */
export class ZipError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ZipError';
  }
}

/** The largest applications hold some 100,000 classes. */
const MAX_ENTRIES = 500_000;
const MAX_DIRECTORY = 96 << 20;
const STORED = 0;
const DEFLATED = 8;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

export const inMemory = (bytes: Buffer): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

const exactly = async (source: ByteSource, offset: number, length: number, what: string): Promise<Buffer> => {
  const bytes = offset < 0 || offset + length > source.size ? undefined : await source.read(offset, length);
  if (bytes?.length !== length) throw new ZipError(`expected ${what}, found the end of the file`);
  return bytes;
};

/** A 64-bit number that is exact as a double, which sizes of files are. */
const long = (bytes: Buffer, at: number): number => {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipError('expected a size below 8 petabytes');
  return Number(value);
};

interface End {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** Where the directory ends in fact; what stands before the archive (a start script) moves everything by the difference. */
  readonly after: number;
}

const END = 0x06054b50;
const END_BYTES = 22;

/** 4.3.16: at the end, before a comment of at most 64 KiB. */
const findEnd = async (source: ByteSource): Promise<{ readonly record: Buffer; readonly at: number }> => {
  const length = Math.min(source.size, END_BYTES + FULL_16);
  const tail = await exactly(source, source.size - length, length, 'a zip');
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END && at + END_BYTES + tail.readUInt16LE(at + 20) <= tail.length) {
      return { record: tail.subarray(at, at + END_BYTES), at: source.size - length + at };
    }
  }
  throw new ZipError('expected a zip, found no directory of its files');
};

/** 4.3.14 and 4.3.15: the record of large archives, which a locator before the end points to. */
const largeEnd = async (source: ByteSource, at: number): Promise<End | undefined> => {
  if (at < 20) return undefined;
  const locator = await exactly(source, at - 20, 20, 'a locator');
  if (locator.readUInt32LE(0) !== 0x07064b50) return undefined;
  const stated = long(locator, 8);
  for (const offset of [stated, at - 20 - 56]) {
    if (offset < 0 || offset + 56 > at) continue;
    const record = await exactly(source, offset, 56, 'an end of the directory');
    if (record.readUInt32LE(0) === 0x06064b50) {
      return { entries: long(record, 32), size: long(record, 40), offset: long(record, 48), after: offset };
    }
  }
  throw new ZipError('expected an end of the directory where its locator says');
};

const endOf = async (source: ByteSource): Promise<End> => {
  const { record, at } = await findEnd(source);
  const small = { entries: record.readUInt16LE(10), size: record.readUInt32LE(12), offset: record.readUInt32LE(16), after: at };
  const isFull = small.entries === FULL_16 || small.size === FULL_32 || small.offset === FULL_32;
  return (isFull ? await largeEnd(source, at) : undefined) ?? small;
};

/** 4.5.3: sizes that do not fit into 32 bits stand in an extra field, in this order and only those. */
const wide = (extra: Buffer, fields: readonly number[]): readonly number[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return fields.map((field) => {
      if (field !== FULL_32 || next + 8 > extra.length) return field;
      next += 8;
      return long(extra, next - 8);
    });
  }
  return fields;
};

const HEADER = 0x02014b50;
const HEADER_BYTES = 46;

const entryAt = (directory: Buffer, at: number, shift: number): { readonly entry: ZipEntry; readonly next: number } => {
  if (at + HEADER_BYTES > directory.length || directory.readUInt32LE(at) !== HEADER)
    throw new ZipError('expected another file in its directory');
  const nameEnd = at + HEADER_BYTES + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw new ZipError('expected a name, found the end of the directory');
  const stated = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
  const [size = 0, packed = 0, offset = 0] = wide(directory.subarray(nameEnd, extraEnd), stated);
  const entry = {
    name: directory.toString('utf8', at + HEADER_BYTES, nameEnd),
    method: directory.readUInt16LE(at + 10),
    packed,
    size,
    crc: directory.readUInt32LE(at + 16),
    offset: offset + shift,
    encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
  };
  return { entry, next };
};

/** Every file of the archive, in the order of its directory; two of one name are two. Throws ZipError. */
export async function* entriesOf(source: ByteSource, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const end = await endOf(source);
  if (end.entries > MAX_ENTRIES || end.size > MAX_DIRECTORY) throw new ZipError(`expected no more than ${MAX_ENTRIES} files`);
  const directory = await exactly(source, end.after - end.size, end.size, 'a directory of its files');
  const shift = end.after - end.size - end.offset;
  let at = 0;
  for (let count = 0; count < end.entries; count += 1) {
    if (count % 4096 === 0) signal.throwIfAborted();
    const { entry, next } = entryAt(directory, at, shift);
    yield entry;
    at = next;
  }
}

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

const dataAt = async (source: ByteSource, entry: ZipEntry): Promise<number> => {
  if (entry.encrypted) throw new ZipError('it is encrypted');
  const header = await exactly(source, entry.offset, LOCAL_BYTES, 'a file');
  if (header.readUInt32LE(0) !== LOCAL) throw new ZipError('expected a file where the directory says');
  return entry.offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
};

/** The promised size bounds the memory; more is a bomb. */
const inflated = (packed: Buffer, size: number): Buffer => {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new ZipError(tooLarge ? 'it unpacks to more than its directory says' : 'it is damaged');
  }
};

/** Throws ZipError when it unpacks to more than `maxBytes`, is encrypted or damaged. */
export const contentOf = async (source: ByteSource, entry: ZipEntry, maxBytes: number): Promise<Buffer> => {
  if (entry.size > maxBytes || entry.packed > maxBytes) throw new ZipError(`it unpacks to more than ${maxBytes >> 20} MB`);
  const packed = await exactly(source, await dataAt(source, entry), entry.packed, 'its bytes');
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new ZipError(`it is packed in a way that is not read (${entry.method})`);
  const bytes = entry.method === STORED ? packed : inflated(packed, entry.size);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw new ZipError('it is damaged, its checksum does not match');
  return bytes;
};

/** An archive in an archive: a part of the outer one where it is stored as it is, as Spring Boot does, else in memory. */
export const nestedSource = async (source: ByteSource, entry: ZipEntry, maxBytes: number): Promise<ByteSource> => {
  if (entry.method !== STORED) return inMemory(await contentOf(source, entry, maxBytes));
  const start = await dataAt(source, entry);
  if (start + entry.size > source.size) throw new ZipError('expected its bytes, found the end of the file');
  return {
    size: entry.size,
    read: (offset, length) => source.read(start + offset, Math.max(0, Math.min(length, entry.size - offset))),
  };
};
