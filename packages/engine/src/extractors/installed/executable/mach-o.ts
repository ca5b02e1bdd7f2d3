/** Mach-O of 64 and 32 bits, and universal files that hold several. @see https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h */
import { Fields } from './fields.ts';
import type { ByteSource, Image, Part, Segment } from './image.ts';
import { exactly, inFile, MAX_HEADERS, sliceOf } from './image.ts';

interface Shape {
  readonly wide: boolean;
  readonly little: boolean;
}

const SHAPES: ReadonlyMap<number, Shape> = new Map([
  [0xfeedface, { wide: false, little: false }],
  [0xfeedfacf, { wide: true, little: false }],
  [0xcefaedfe, { wide: false, little: true }],
  [0xcffaedfe, { wide: true, little: true }],
]);

const WRITABLE = 2;
const ZERO_FILL = 1;
const MAX_COMMANDS = 4 << 20;

/** Where the fields of a segment and of its sections stand, by word size. */
const WIDE = {
  command: 0x19,
  header: 72,
  fileOffset: 40,
  fileSize: 48,
  protection: 60,
  count: 64,
  section: 80,
  size: 40,
  at: 48,
  flags: 64,
};
const NARROW = {
  command: 0x1,
  header: 56,
  fileOffset: 32,
  fileSize: 36,
  protection: 44,
  count: 48,
  section: 68,
  size: 36,
  at: 40,
  flags: 56,
};

interface Command {
  readonly segment: Segment;
  readonly sections: readonly Part[];
}

const sectionsOf = (raw: Buffer, shape: Shape, layout: typeof WIDE, count: number): readonly Part[] => {
  const room = Math.floor((raw.length - layout.header) / layout.section);
  return Array.from({ length: Math.min(count, room, MAX_HEADERS) }, (_, index): Part | undefined => {
    const start = layout.header + index * layout.section;
    const fields = new Fields(raw.subarray(start, start + layout.section), shape.little);
    if ((fields.u32(layout.flags) & 0xff) === ZERO_FILL) return undefined;
    return {
      name: fields.text(0, 16),
      address: fields.address(32, shape.wide),
      offset: fields.u32(layout.at),
      size: fields.size(layout.size, shape.wide),
    };
  }).filter((section) => section !== undefined);
};

const commandOf = (raw: Buffer, shape: Shape): Command | undefined => {
  const layout = shape.wide ? WIDE : NARROW;
  const fields = new Fields(raw, shape.little);
  if (raw.length < layout.header || fields.u32(0) !== layout.command) return undefined;
  return {
    segment: {
      name: fields.text(8, 16),
      address: fields.address(24, shape.wide),
      offset: fields.size(layout.fileOffset, shape.wide),
      size: fields.size(layout.fileSize, shape.wide),
      writable: (fields.u32(layout.protection) & WRITABLE) !== 0,
    },
    sections: sectionsOf(raw, shape, layout, fields.u32(layout.count)),
  };
};

/** Load commands follow each other; one that claims less than its own head or more than is left ends the list. */
const commandsOf = (table: Buffer, count: number, shape: Shape): readonly Command[] => {
  const commands: Command[] = [];
  for (let at = 0, index = 0; index < count && at + 8 <= table.length; index += 1) {
    const size = new Fields(table.subarray(at, at + 8), shape.little).u32(4);
    if (size < 8 || at + size > table.length) break;
    const command = commandOf(table.subarray(at, at + size), shape);
    if (command !== undefined) commands.push(command);
    at += size;
  }
  return commands;
};

const readOne = async (bytes: ByteSource): Promise<Image | undefined> => {
  const head = await exactly(bytes, 0, 28);
  const shape = head === undefined ? undefined : SHAPES.get(head.readUInt32BE(0));
  if (head === undefined || shape === undefined) return undefined;
  const fields = new Fields(head, shape.little);
  const [count, size] = [fields.u32(16), fields.u32(20)];
  const table = size > MAX_COMMANDS ? undefined : await exactly(bytes, shape.wide ? 32 : 28, size);
  if (table === undefined) return undefined;
  const commands = commandsOf(table, count, shape);
  return {
    bytes,
    littleEndian: shape.little,
    segments: inFile(
      commands.map(({ segment }) => segment),
      bytes,
    ),
    sections: inFile(
      commands.flatMap(({ sections }) => sections),
      bytes,
    ),
  };
};

/** Java's class files begin with the same four bytes; their next number is a version of at least 45. */
const MAX_SLICES = 20;

/** The slices of a universal file, `undefined` for what is none. */
const slicesOf = async (bytes: ByteSource): Promise<readonly ByteSource[] | undefined> => {
  const head = await exactly(bytes, 0, 8);
  const magic = head?.readUInt32BE(0);
  if (head === undefined || (magic !== 0xcafebabe && magic !== 0xcafebabf)) return undefined;
  const wide = magic === 0xcafebabf;
  const entry = wide ? 32 : 20;
  const count = head.readUInt32BE(4);
  const table = count > MAX_SLICES ? undefined : await exactly(bytes, 8, count * entry);
  if (table === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const fields = new Fields(table.subarray(index * entry, (index + 1) * entry), false);
    const [offset, size] = [fields.size(8, wide), fields.size(wide ? 16 : 12, wide)];
    return offset + size <= bytes.size ? sliceOf(bytes, offset, size) : undefined;
  }).filter((slice) => slice !== undefined);
};

/** One image for each architecture; none for what is no Mach-O. */
export const readMachO = async (bytes: ByteSource): Promise<readonly Image[]> => {
  const images: Image[] = [];
  for (const slice of (await slicesOf(bytes)) ?? [bytes]) {
    const image = await readOne(slice);
    if (image !== undefined) images.push(image);
  }
  return images;
};
