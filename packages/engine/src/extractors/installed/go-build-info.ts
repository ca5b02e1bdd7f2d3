/** The block in which go's linker leaves the version of Go and the modules. @see https://pkg.go.dev/debug/buildinfo */

import { Fields } from './executable/fields.ts';
import type { Image, Part } from './executable/image.ts';
import { exactly, locate } from './executable/image.ts';

export interface BuildInfo {
  /** `go1.21.3`. */
  readonly version: string;
  /** Lines of `path`, `mod`, `dep`, `=>` and `build`; empty when the program was not built from modules. */
  readonly modules: string;
}

/** Looked for at multiples of 16, as the linker aligns it. */
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const HEADER = 32;
const ALIGNMENT = 16;
const NAMES = new Set(['.go.buildinfo', '__go_buildinfo']);

const CHUNK = 1 << 20;
/** Of one segment; the linker puts the block near its start. */
const MAX_SCANNED = 64 << 20;
const MAX_VERSION = 1 << 10;
const MAX_MODULES = 16 << 20;

const BIG_ENDIAN = 1;
const INLINE = 2;

/** The module text stands between two marks of 16 bytes. */
const MARK = 16;
const withoutMarks = (text: Buffer): string =>
  text.length > 2 * MARK && text[text.length - MARK - 1] === 0x0a ? text.subarray(MARK, text.length - MARK).toString('utf8') : '';

/** A number of seven bits a byte, least first; lengths need no more than five bytes. */
const varint = (bytes: Buffer, at: number): { readonly value: number; readonly next: number } | undefined => {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return undefined;
};

/** Length and bytes, as go 1.18 and later write them. */
const inlineText = async (
  { bytes }: Image,
  offset: number,
  limit: number,
): Promise<{ readonly text: Buffer; readonly end: number } | undefined> => {
  const head = await bytes.read(offset, 5);
  const length = varint(head, 0);
  if (length === undefined || length.value > limit) return undefined;
  const text = await exactly(bytes, offset + length.next, length.value);
  return text && { text, end: offset + length.next + length.value };
};

const inlineInfo = async (image: Image, offset: number): Promise<BuildInfo | undefined> => {
  const version = await inlineText(image, offset + HEADER, MAX_VERSION);
  const modules = version && (await inlineText(image, version.end, MAX_MODULES));
  return version && modules && { version: version.text.toString('utf8'), modules: withoutMarks(modules.text) };
};

interface Pointers {
  readonly wide: boolean;
  readonly little: boolean;
}

const atAddress = async (image: Image, address: bigint, length: number): Promise<Buffer | undefined> => {
  const place = locate(image, address);
  return place === undefined || place.rest < length ? undefined : exactly(image.bytes, place.offset, length);
};

/** The address of a string's header (address and length), as before go 1.18. */
const pointedText = async (image: Image, address: bigint, { wide, little }: Pointers, limit: number): Promise<Buffer | undefined> => {
  const word = wide ? 8 : 4;
  const header = await atAddress(image, address, 2 * word);
  if (header === undefined) return undefined;
  const fields = new Fields(header, little);
  const length = fields.size(word, wide);
  if (length === 0) return Buffer.alloc(0);
  return length <= limit ? atAddress(image, fields.address(0, wide), length) : undefined;
};

const pointedInfo = async (image: Image, header: Buffer): Promise<BuildInfo | undefined> => {
  const [size, flags = 0] = [header[14], header[15]];
  if (size !== 4 && size !== 8) return undefined;
  const pointers = { wide: size === 8, little: (flags & BIG_ENDIAN) === 0 };
  const fields = new Fields(header, pointers.little);
  const version = await pointedText(image, fields.address(16, pointers.wide), pointers, MAX_VERSION);
  const modules = await pointedText(image, fields.address(16 + size, pointers.wide), pointers, MAX_MODULES);
  return version && { version: version.toString('utf8'), modules: withoutMarks(modules ?? Buffer.alloc(0)) };
};

const infoAt = async (image: Image, offset: number): Promise<BuildInfo | undefined> => {
  const header = await exactly(image.bytes, offset, HEADER);
  if (header === undefined || !header.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const info = ((header[15] ?? 0) & INLINE) === 0 ? await pointedInfo(image, header) : await inlineInfo(image, offset);
  return info?.version === '' ? undefined : info;
};

/** File offsets in `part` at which the mark stands. Chunks overlap by the mark's length. */
async function* marksIn({ bytes }: Image, part: Part): AsyncGenerator<number> {
  const end = Math.min(part.size, MAX_SCANNED);
  for (let start = 0; start < end; start += CHUNK) {
    const chunk = await bytes.read(part.offset + start, Math.min(CHUNK + MAGIC.length - 1, end - start));
    for (let at = chunk.indexOf(MAGIC); at >= 0; at = chunk.indexOf(MAGIC, at + 1)) {
      const aligned = (part.address + BigInt(start + at)) % BigInt(ALIGNMENT) === 0n;
      if (aligned && at < CHUNK) yield part.offset + start + at;
    }
  }
}

const MAX_MARKS = 64;

/** `undefined`: no program of Go. `broken`: the mark is there, and what follows it makes no sense. */
export const buildInfoOf = async (image: Image): Promise<BuildInfo | 'broken' | undefined> => {
  const named = image.sections.filter(({ name }) => NAMES.has(name));
  let marks = 0;
  for (const part of [...named, ...image.segments.filter(({ writable }) => writable)]) {
    for await (const offset of marksIn(image, part)) {
      const info = await infoAt(image, offset);
      if (info !== undefined) return info;
      marks += 1;
      if (marks > MAX_MARKS) return 'broken';
    }
  }
  return marks > 0 || named.length > 0 ? 'broken' : undefined;
};
