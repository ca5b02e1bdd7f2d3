/** Tells the three formats of executables apart by their first bytes. */
import { readElf } from './elf.ts';
import type { ByteSource, Image } from './image.ts';
import { readMachO } from './mach-o.ts';
import { readPe } from './pe.ts';

const MACH_O = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe, 0xcafebabf]);

export const formatOf = (head: Buffer): 'elf' | 'pe' | 'mach-o' | undefined => {
  if (head.length < 4) return undefined;
  if (head.toString('latin1', 0, 4) === '\x7fELF') return 'elf';
  if (head.toString('latin1', 0, 2) === 'MZ') return 'pe';
  return MACH_O.has(head.readUInt32BE(0)) ? 'mach-o' : undefined;
};

/** One image, or one for each architecture; none for what is no executable or is broken beyond what a loader accepts. */
export const openImages = async (bytes: ByteSource): Promise<readonly Image[]> => {
  const format = formatOf(await bytes.read(0, 4));
  if (format === 'mach-o') return readMachO(bytes);
  const image = format === 'elf' ? await readElf(bytes) : format === 'pe' ? await readPe(bytes) : undefined;
  return image === undefined ? [] : [image];
};
