/** Bytes → JSON, with a bound on what it can grow to: `[{},{},…` of a few hundred megabytes is gigabytes of objects. */

export const MAX_BYTES = 128 * 1024 * 1024;
const MAX_VALUES = 12_000_000;

/** `error` is one clause for the user. */
export type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

export const parseJson = (bytes: Buffer): Json => {
  if (bytes.length > MAX_BYTES) return { ok: false, error: `is larger than ${MAX_BYTES / 1_048_576} MB` };
  if (hasTooMany(bytes)) return { ok: false, error: `holds more than ${MAX_VALUES / 1_000_000} million values` };
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return { ok: true, value };
  } catch {
    return { ok: false, error: 'is not whole JSON' };
  }
};

const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

/** Every value but the first follows one of these; those inside texts are counted too, which errs on the safe side. */
const hasTooMany = (bytes: Buffer): boolean => {
  if (bytes.length <= MAX_VALUES) return false;
  let count = 0;
  for (const byte of bytes) if (byte === COMMA || byte === OPEN_LIST || byte === OPEN_OBJECT) count += 1;
  return count > MAX_VALUES;
};
