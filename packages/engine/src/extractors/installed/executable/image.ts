/** What is asked of an executable: where its named parts and its loaded data lie. Nothing in a header is trusted. */

/** Bytes by range; an answer shorter than asked for means that the file ends before. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

export interface Part {
  readonly name: string;
  /** In memory, once loaded. */
  readonly address: bigint;
  /** In the file; `offset + size` lies within it. */
  readonly offset: number;
  readonly size: number;
}

export interface Segment extends Part {
  readonly writable: boolean;
}

export interface Image {
  readonly bytes: ByteSource;
  readonly littleEndian: boolean;
  readonly sections: readonly Part[];
  readonly segments: readonly Segment[];
}

/** Tables of headers: real programs have some dozens of sections, a debug build with a section for each function some thousands. */
export const MAX_HEADERS = 20_000;

/** A slice of a file as if it were the whole. */
export const sliceOf = (bytes: ByteSource, offset: number, size: number): ByteSource => ({
  size: Math.max(0, Math.min(size, bytes.size - offset)),
  read: (from, length) => bytes.read(offset + from, Math.max(0, Math.min(length, size - from))),
});

/** All of a range, or `undefined` where the file does not hold it. */
export const exactly = async (bytes: ByteSource, offset: number, length: number): Promise<Buffer | undefined> => {
  const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!isRange || offset + length > bytes.size) return undefined;
  const found = await bytes.read(offset, length);
  return found.length === length ? found : undefined;
};

const lies = ({ offset, size }: Part, bytes: ByteSource): boolean =>
  Number.isSafeInteger(offset) && Number.isSafeInteger(size) && size > 0 && offset + size <= bytes.size;

/** Those that lie within the file. */
export const inFile = <T extends Part>(parts: readonly (T | undefined)[], bytes: ByteSource): readonly T[] =>
  parts.filter((part) => part !== undefined && lies(part, bytes)) as readonly T[]; // undefined was just filtered out

/** Where a loaded address lies in the file: the offset, and how many bytes of the segment follow. */
export const locate = ({ segments }: Image, address: bigint): { readonly offset: number; readonly rest: number } | undefined => {
  for (const segment of segments) {
    const inside = address - segment.address;
    if (inside >= 0n && inside < BigInt(segment.size))
      return { offset: segment.offset + Number(inside), rest: segment.size - Number(inside) };
  }
  return undefined;
};
