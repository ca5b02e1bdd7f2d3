/** The checksum that GitHub and npm put at the end of their tokens: CRC-32 of the random part, in base 62, six digits. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;
/** CRC-32 (ISO 3309), reflected polynomial. */
const POLYNOMIAL = 0xed_b8_83_20;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? POLYNOMIAL ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

const crc32 = (ascii: string): number => {
  let crc = 0xff_ff_ff_ff;
  for (let i = 0; i < ascii.length; i += 1) crc = (TABLE[(crc ^ ascii.charCodeAt(i)) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
};

/** Six base-62 digits for the random part of a token. @see https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
export const tokenChecksum = (random: string): string => {
  let rest = crc32(random);
  let digits = '';
  while (digits.length < CHECKSUM_LENGTH) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
};

/** Whether the last six characters of `body` (token without its prefix) are the checksum of what stands before them. */
export const checksumHolds = (body: string): boolean => tokenChecksum(body.slice(0, -CHECKSUM_LENGTH)) === body.slice(-CHECKSUM_LENGTH);
