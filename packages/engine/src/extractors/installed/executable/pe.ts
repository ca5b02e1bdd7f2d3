/** PE32 and PE32+. @see https://learn.microsoft.com/en-us/windows/win32/debug/pe-format */
import { Fields } from './fields.ts';
import type { ByteSource, Image, Segment } from './image.ts';
import { exactly, inFile } from './image.ts';

const COFF = 24; // the signature and the file header
const SECTION = 40;
const WRITABLE = 0x8000_0000;
const PE32 = 0x10b;
const PE32_PLUS = 0x20b;

const imageBase = async (bytes: ByteSource, at: number): Promise<bigint | undefined> => {
  const raw = await exactly(bytes, at, 32);
  if (raw === undefined) return undefined;
  const fields = new Fields(raw, true);
  const magic = fields.u16(0);
  if (magic !== PE32 && magic !== PE32_PLUS) return undefined;
  return magic === PE32 ? fields.address(28, false) : fields.address(24, true);
};

/** Names longer than eight bytes stand elsewhere; none that is looked for is that long. */
const sectionOf = (fields: Fields, base: bigint): Segment => {
  const [inMemory, inFile] = [fields.u32(8), fields.u32(16)];
  return {
    name: fields.text(0, 8),
    address: base + BigInt(fields.u32(12)),
    offset: fields.u32(20),
    size: inMemory === 0 ? inFile : Math.min(inMemory, inFile), // the rest of the file's part is padding
    writable: (fields.u32(36) & WRITABLE) !== 0,
  };
};

/** `undefined` for what has no PE header: a program of DOS, say. */
export const readPe = async (bytes: ByteSource): Promise<Image | undefined> => {
  const dos = await exactly(bytes, 0, 64);
  if (dos === undefined || dos.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const at = new Fields(dos, true).u32(60);
  const header = await exactly(bytes, at, COFF);
  if (header === undefined || header.toString('latin1', 0, 4) !== 'PE\0\0') return undefined;
  const fields = new Fields(header, true);
  const [count, optional] = [fields.u16(6), fields.u16(20)];
  const base = await imageBase(bytes, at + COFF);
  const table = await exactly(bytes, at + COFF + optional, count * SECTION);
  if (base === undefined || table === undefined) return undefined;
  const headers = Array.from({ length: count }, (_, index) => new Fields(table.subarray(index * SECTION, (index + 1) * SECTION), true));
  const sections = inFile(
    headers.map((one) => sectionOf(one, base)),
    bytes,
  );
  return { bytes, littleEndian: true, sections, segments: sections };
};
