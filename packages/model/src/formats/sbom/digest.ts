/** Subresource integrity ⇄ the hexadecimal digests of SBOMs. @see https://www.w3.org/TR/SRI/ */

export interface HexDigest {
  readonly algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** Lower case. */
  readonly hex: string;
}

/** Strongest first. */
const BYTES: Readonly<Record<HexDigest['algorithm'], number>> = { sha512: 64, sha384: 48, sha256: 32, sha1: 20 };
const STRONGEST = ['sha512', 'sha384', 'sha256', 'sha1'] as const;
const ONE = /^(sha1|sha256|sha384|sha512)(?:-([A-Za-z0-9+/]{27,86}={0,2})|:([0-9a-fA-F]{40,128}))$/;

/** Two digits for each byte; documents have one digest for each of many thousand components. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const BYTE_OF: ReadonlyMap<string, string> = new Map(HEX.map((hex, byte) => [hex, String.fromCharCode(byte)]));

const hexOfBase64 = (base64: string): string => {
  try {
    const bytes = atob(base64);
    let hex = '';
    for (let at = 0; at < bytes.length; at += 1) hex += HEX[bytes.charCodeAt(at)] ?? '';
    return hex;
  } catch {
    return ''; // bits beyond the last byte
  }
};

const base64OfHex = (hex: string): string => {
  const digits = hex.toLowerCase();
  let bytes = '';
  for (let at = 0; at < digits.length; at += 2) bytes += BYTE_OF.get(digits.slice(at, at + 2)) ?? '';
  return btoa(bytes);
};

const digestOf = (part: string): HexDigest | undefined => {
  const [, name, base64, hex] = ONE.exec(part) ?? [];
  const algorithm = STRONGEST.find((one) => one === name);
  if (algorithm === undefined) return undefined;
  const digits = base64 === undefined ? (hex ?? '').toLowerCase() : hexOfBase64(base64);
  return digits.length === BYTES[algorithm] * 2 ? { algorithm, hex: digits } : undefined;
};

/** `sha512-…` or `sha256:hex`, several separated by spaces; what is neither is left out. Strongest first, each once. */
export const digestsOf = (integrity: string): readonly HexDigest[] => {
  const found = integrity.split(' ').flatMap((part) => digestOf(part) ?? []);
  return STRONGEST.flatMap((algorithm) => found.find((digest) => digest.algorithm === algorithm) ?? []);
};

/** The digests as SRI, strongest first; `undefined` when none is of a kind that SRI or npm knows. */
export const integrityOf = (digests: readonly HexDigest[]): string | undefined => {
  const valid = digests.filter(({ algorithm, hex }) => hex.length === BYTES[algorithm] * 2 && /^[0-9a-fA-F]+$/.test(hex));
  const ordered = STRONGEST.flatMap((algorithm) => valid.find((digest) => digest.algorithm === algorithm) ?? []);
  return ordered.length === 0 ? undefined : ordered.map(({ algorithm, hex }) => `${algorithm}-${base64OfHex(hex)}`).join(' ');
};

/** `SHA-512` of CycloneDX and `SHA512` of SPDX are one; others give `undefined`. */
export const algorithmOf = (name: string): HexDigest['algorithm'] | undefined => {
  const plain = name.replace('-', '').toLowerCase();
  return STRONGEST.find((algorithm) => algorithm === plain);
};
