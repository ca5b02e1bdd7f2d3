/** Text of a document → JSON, bounded in size and depth before anything is built from it. */
import { ManifestError } from '../dependencies/manifest-error.ts';

/** Characters. */
export const LARGEST = 256 * 1024 * 1024;
const DEEPEST = 512;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the string that begins at `from` ends. */
const afterString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
};

/** Deeper than anybody's document; linear. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = afterString(text, at);
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
};

/** Throws ManifestError; the text itself is never in the message. */
export const jsonOf = (text: string): unknown => {
  if (isTooDeep(text)) throw new ManifestError(`nests deeper than ${DEEPEST}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ManifestError('expected JSON');
  }
};

/** Without a byte order mark and leading white space. Throws ManifestError when it is larger than any that is read. */
export const boundedText = (text: string): string => {
  if (text.length > LARGEST) throw new ManifestError(`is larger than ${LARGEST / 1024 / 1024} MB`);
  return text.replace(/^\uFEFF?\s*/, '');
};
