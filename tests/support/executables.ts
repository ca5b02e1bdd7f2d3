/** Writes the smallest executables of each format: headers and the named parts that a test asks for, as linkers lay them out. */

export interface CraftedPart {
  readonly name: string;
  readonly address: number;
  readonly data: Buffer;
  readonly writable?: boolean;
}

export interface Craft {
  readonly wide: boolean;
  readonly little: boolean;
  readonly parts: readonly CraftedPart[];
  /** ELF: leave the table of sections out, as packers do. */
  readonly noSections?: boolean;
}

class Writer {
  readonly #chunks: Buffer[] = [];
  readonly #little: boolean;
  readonly #wide: boolean;

  constructor({ little, wide }: Pick<Craft, 'little' | 'wide'>) {
    this.#little = little;
    this.#wide = wide;
  }

  get length(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  bytes(data: Buffer | string, length = data.length): this {
    const chunk = Buffer.alloc(length);
    (typeof data === 'string' ? Buffer.from(data, 'latin1') : data).copy(chunk);
    this.#chunks.push(chunk);
    return this;
  }

  #number(value: number, size: 2 | 4 | 8): this {
    const chunk = Buffer.alloc(size);
    if (size === 8) this.#little ? chunk.writeBigUInt64LE(BigInt(value)) : chunk.writeBigUInt64BE(BigInt(value));
    else this.#little ? chunk.writeUIntLE(value, 0, size) : chunk.writeUIntBE(value, 0, size);
    this.#chunks.push(chunk);
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) this.#number(value, 2);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.#number(value, 4);
    return this;
  }

  word(...values: readonly number[]): this {
    for (const value of values) this.#number(value, this.#wide ? 8 : 4);
    return this;
  }

  padTo(length: number): this {
    return this.bytes('', Math.max(0, length - this.length));
  }

  done(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

const aligned = (value: number): number => Math.ceil(value / 16) * 16;

/** Where each part's bytes begin when they follow a head of `head` bytes. */
const layout = (parts: readonly CraftedPart[], head: number): { readonly offsets: readonly number[]; readonly end: number } => {
  const offsets: number[] = [];
  let at = aligned(head);
  for (const { data } of parts) {
    offsets.push(at);
    at = aligned(at + data.length);
  }
  return { offsets, end: at };
};

const elfSegments = (file: Writer, wide: boolean, parts: readonly CraftedPart[], offsets: readonly number[]): void => {
  for (const [index, { address, data, writable = true }] of parts.entries()) {
    const flags = writable ? 6 : 4;
    file.u32(1);
    if (wide) file.u32(flags);
    file.word(offsets[index] ?? 0, address, address, data.length, data.length);
    if (!wide) file.u32(flags);
    file.word(16);
  }
};

const elfSections = (file: Writer, parts: readonly CraftedPart[], offsets: readonly number[], names: Buffer, end: number): void => {
  const section = (name: number, type: number, address: number, offset: number, size: number): Writer =>
    file.u32(name, type).word(0, address, offset, size).u32(0, 0).word(1, 0);
  section(0, 0, 0, 0, 0);
  for (const [index, { name, address, data }] of parts.entries())
    section(names.indexOf(`\0${name}\0`, 0, 'latin1') + 1, 1, address, offsets[index] ?? 0, data.length);
  section(names.indexOf('.shstrtab', 0, 'latin1'), 3, 0, end, names.length);
};

export const craftElf = (craft: Craft): Buffer => {
  const { wide, little, parts, noSections = false } = craft;
  const [headerSize, segmentSize, sectionSize] = wide ? [64, 56, 64] : [52, 32, 40];
  const { offsets, end } = layout(parts, headerSize + parts.length * segmentSize);
  const names = Buffer.from(`\0${parts.map(({ name }) => `${name}\0`).join('')}.shstrtab\0`, 'latin1');
  const table = aligned(end + names.length);
  const [sectionsAt, count, namesIndex] = noSections ? [0, 0, 0] : [table, parts.length + 2, parts.length + 1];
  const file = new Writer(craft).bytes('\x7fELF').bytes(Buffer.from([wide ? 2 : 1, little ? 1 : 2, 1]), 12);
  file.u16(2, 62).u32(1).word(0, headerSize, sectionsAt).u32(0);
  file.u16(headerSize, segmentSize, parts.length, sectionSize, count, namesIndex);
  elfSegments(file, wide, parts, offsets);
  for (const [index, { data }] of parts.entries()) file.padTo(offsets[index] ?? 0).bytes(data);
  file.padTo(end).bytes(names).padTo(table);
  if (!noSections) elfSections(file, parts, offsets, names, end);
  return file.done();
};

export const PE_BASE = 0x40_0000;

/** Addresses are those in memory, above PE_BASE. */
export const craftPe = ({ wide, parts }: Pick<Craft, 'wide' | 'parts'>): Buffer => {
  const optional = wide ? 112 : 96;
  const { offsets } = layout(parts, 64 + 24 + optional + parts.length * 40);
  const file = new Writer({ little: true, wide }).bytes('MZ', 60).u32(64).bytes('PE\0\0');
  file
    .u16(wide ? 0x8664 : 0x14c, parts.length)
    .u32(0, 0, 0)
    .u16(optional, 0x22);
  file.u16(wide ? 0x20b : 0x10b).padTo(64 + 24 + (wide ? 24 : 28));
  file.word(PE_BASE).padTo(64 + 24 + optional);
  for (const [index, { name, address, data, writable = true }] of parts.entries()) {
    file.bytes(name.slice(0, 8), 8).u32(data.length, address - PE_BASE, aligned(data.length), offsets[index] ?? 0);
    file.u32(0, 0, 0, writable ? 0xc000_0040 : 0x4000_0040);
  }
  for (const [index, { data }] of parts.entries()) file.padTo(offsets[index] ?? 0).bytes(data);
  return file.padTo(aligned(file.length)).done();
};

export const craftMachO = (craft: Craft): Buffer => {
  const { wide, parts } = craft;
  const [headerSize, segmentSize, sectionSize] = wide ? [32, 72, 80] : [28, 56, 68];
  const command = segmentSize + sectionSize;
  const { offsets } = layout(parts, headerSize + parts.length * command);
  const file = new Writer(craft).u32(wide ? 0xfeedfacf : 0xfeedface, 7, 3, 2, parts.length, parts.length * command, 0);
  file.padTo(headerSize);
  for (const [index, { name, address, data, writable = true }] of parts.entries()) {
    const protection = writable ? 3 : 5;
    const offset = offsets[index] ?? 0;
    file
      .u32(wide ? 0x19 : 1, command)
      .bytes('__DATA', 16)
      .word(address, data.length, offset, data.length);
    file.u32(protection, protection, 1, 0);
    file.bytes(name, 16).bytes('__DATA', 16).word(address, data.length).u32(offset, 4, 0, 0, 0, 0, 0);
    if (wide) file.u32(0);
  }
  for (const [index, { data }] of parts.entries()) file.padTo(offsets[index] ?? 0).bytes(data);
  return file.done();
};

export const craftUniversal = (slices: readonly Buffer[], wide = false): Buffer => {
  const { offsets } = layout(
    slices.map((data) => ({ name: '', address: 0, data })),
    8 + slices.length * (wide ? 32 : 20),
  );
  const file = new Writer({ little: false, wide }).u32(wide ? 0xcafebabf : 0xcafebabe, slices.length);
  for (const [index, data] of slices.entries()) {
    file
      .u32(7, 3)
      .word(offsets[index] ?? 0, data.length)
      .u32(4);
    if (wide) file.u32(0);
  }
  for (const [index, data] of slices.entries()) file.padTo(offsets[index] ?? 0).bytes(data);
  return file.done();
};

const MARK = Buffer.from('\xff Go buildinf:', 'latin1');
const framed = (modules: string): Buffer =>
  modules === '' ? Buffer.alloc(0) : Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modules), Buffer.alloc(16, 0xf9)]);

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
};

/** As go 1.18 and later write it. */
export const inlineBuildInfo = (version: string, modules: string): Buffer => {
  const text = framed(modules);
  const head = Buffer.concat([MARK, Buffer.from([8, 2])], 32);
  return Buffer.concat([head, varint(version.length), Buffer.from(version), varint(text.length), text]);
};

/** As go 1.13 to 1.17 wrote it: addresses of strings, which here lie in the same part at `address`. */
export const pointedBuildInfo = (
  version: string,
  modules: string,
  address: number,
  { wide, little }: Pick<Craft, 'wide' | 'little'>,
): Buffer => {
  const word = wide ? 8 : 4;
  const text = framed(modules);
  const file = new Writer({ wide, little }).bytes(MARK).bytes(Buffer.from([word, little ? 0 : 1]));
  const strings = 32 + 4 * word;
  file.word(address + 32, address + 32 + 2 * word).padTo(32);
  file.word(address + strings, version.length, address + strings + version.length, text.length);
  return file.bytes(version).bytes(text).done();
};
