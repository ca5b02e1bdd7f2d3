/** Stand-ins for secrets, computed when examples run: no file of ours holds a string that looks like a live credential. */
import { tokenChecksum } from './checksum.ts';

const ALPHABETS = {
  base62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  url64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-',
  upper32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  hex: '0123456789abcdef',
  digits: '123456789',
} as const;

/** `length` characters that look random and are the same on every run (a linear congruential generator, Numerical Recipes' constants). */
export const sample = (alphabet: keyof typeof ALPHABETS, length: number, seed = 7): string => {
  const letters = ALPHABETS[alphabet];
  let state = seed >>> 0;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += letters.charAt(Math.floor((state / 2 ** 32) * letters.length));
  }
  return text;
};

/** A token of GitHub's and npm's form: prefix, random part, checksum that holds. */
export const checksummed = (prefix: string, random = 30, seed = 7): string => {
  const body = sample('base62', random, seed);
  return prefix + body + tokenChecksum(body);
};

/** The base 64 of a DER sequence of random content whose header states its length, as in a key; `bytes` from 256 to 65,535. */
export const sampleDer = (bytes: number, seed = 7): string => {
  const header = Buffer.from([0x30, 0x82, bytes >> 8, bytes & 0xff]);
  return Buffer.concat([header, Buffer.from(sample('base62', bytes, seed))]).toString('base64');
};
