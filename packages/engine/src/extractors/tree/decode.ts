/** Bytes → text: UTF-8, UTF-16 with a mark, else Latin-1, so that nothing readable is passed over for its encoding. */

/** git's own rule: a NUL among the first 8,000 bytes makes a file binary. */
const PROBE = 8_000;

export const isBinary = (bytes: Uint8Array): boolean => encodingMark(bytes) === undefined && bytes.subarray(0, PROBE).includes(0);

export const decode = (bytes: Uint8Array): string => {
  const mark = encodingMark(bytes);
  if (mark !== undefined) return new TextDecoder(mark).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
};

const encodingMark = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
};
