/** ELF of either word size and byte order. @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
import { Fields } from './fields.ts';
import type { ByteSource, Image, Part, Segment } from './image.ts';
import { exactly, inFile, MAX_HEADERS } from './image.ts';

interface Shape {
  readonly wide: boolean;
  readonly little: boolean;
}

/** A table of equally long headers. */
interface TablePlace {
  readonly offset: number;
  readonly entry: number;
  readonly count: number;
}

interface Header {
  readonly segments: TablePlace;
  readonly sections: TablePlace;
  /** Index of the section that holds the names of sections. */
  readonly names: number;
}

const PT_LOAD = 1;
const WRITABLE = 2;
const NO_BITS = 8;
const MAX_NAMES = 4 << 20;

const headerOf = (fields: Fields, { wide }: Shape): Header => {
  const at = wide ? 52 : 40; // e_ehsize; the counts follow it in both sizes
  return {
    segments: { offset: fields.size(wide ? 32 : 28, wide), entry: fields.u16(at + 2), count: fields.u16(at + 4) },
    sections: { offset: fields.size(wide ? 40 : 32, wide), entry: fields.u16(at + 6), count: fields.u16(at + 8) },
    names: fields.u16(at + 10),
  };
};

/** One `Fields` for each header, none where the table does not lie in the file or its entries are too short. */
const tableOf = async (bytes: ByteSource, place: TablePlace, needed: number, little: boolean): Promise<readonly Fields[]> => {
  if (place.entry < needed || place.count > MAX_HEADERS) return [];
  const table = await exactly(bytes, place.offset, place.entry * place.count);
  if (table === undefined) return [];
  return Array.from(
    { length: place.count },
    (_, index) => new Fields(table.subarray(index * place.entry, (index + 1) * place.entry), little),
  );
};

const segmentOf = (fields: Fields, wide: boolean): Segment | undefined =>
  fields.u32(0) !== PT_LOAD
    ? undefined
    : {
        name: '',
        address: fields.address(wide ? 16 : 8, wide),
        offset: fields.size(wide ? 8 : 4, wide),
        size: fields.size(wide ? 32 : 16, wide),
        writable: (fields.u32(wide ? 4 : 24) & WRITABLE) !== 0,
      };

const sectionOf = (fields: Fields, wide: boolean, names: Fields | undefined): Part | undefined =>
  fields.u32(4) === NO_BITS || names === undefined
    ? undefined
    : {
        name: names.text(fields.u32(0), 64),
        address: fields.address(wide ? 16 : 12, wide),
        offset: fields.size(wide ? 24 : 16, wide),
        size: fields.size(wide ? 32 : 20, wide),
      };

/** Beyond 65,279 sections the first header holds the counts (gABI, e_shnum). */
const extended = async (bytes: ByteSource, header: Header, shape: Shape): Promise<Header> => {
  const { sections } = header;
  if (sections.offset === 0 || (sections.count !== 0 && header.names !== 0xffff)) return header;
  const [first] = await tableOf(bytes, { ...sections, count: 1 }, shape.wide ? 64 : 40, shape.little);
  if (first === undefined) return header;
  const count = sections.count === 0 ? first.size(shape.wide ? 32 : 20, shape.wide) : sections.count;
  const names = header.names === 0xffff ? first.u32(shape.wide ? 40 : 24) : header.names;
  return { ...header, names, sections: { ...sections, count } };
};

const namesOf = async (
  bytes: ByteSource,
  headers: readonly Fields[],
  index: number,
  { wide, little }: Shape,
): Promise<Fields | undefined> => {
  const header = headers[index];
  if (header === undefined) return undefined;
  const size = header.size(wide ? 32 : 20, wide);
  const table = size > MAX_NAMES ? undefined : await exactly(bytes, header.size(wide ? 24 : 16, wide), size);
  return table === undefined ? undefined : new Fields(table, little);
};

/** `undefined` for what has no ELF header. Broken tables are empty ones: a loader needs segments only, and so do we. */
export const readElf = async (bytes: ByteSource): Promise<Image | undefined> => {
  const ident = await exactly(bytes, 0, 16);
  if (ident === undefined || ident.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  const [size, order] = [ident[4], ident[5]];
  if ((size !== 1 && size !== 2) || (order !== 1 && order !== 2)) return undefined;
  const shape = { wide: size === 2, little: order === 1 };
  const raw = await exactly(bytes, 0, shape.wide ? 64 : 52);
  if (raw === undefined) return undefined;
  const header = await extended(bytes, headerOf(new Fields(raw, shape.little), shape), shape);
  const segments = await tableOf(bytes, header.segments, shape.wide ? 56 : 32, shape.little);
  const sections = await tableOf(bytes, header.sections, shape.wide ? 64 : 40, shape.little);
  const names = await namesOf(bytes, sections, header.names, shape);
  return {
    bytes,
    littleEndian: shape.little,
    segments: inFile(
      segments.map((fields) => segmentOf(fields, shape.wide)),
      bytes,
    ),
    sections: inFile(
      sections.map((fields) => sectionOf(fields, shape.wide, names)),
      bytes,
    ),
  };
};
