/** What a private key in PEM armour holds, however it is written down. */

const ARMOUR = /^-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/;
const HEADERS = /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{0,200}/g;
const OPENSSH = 'openssh-key-v1\0';
const DER_SEQUENCE = 0x30;

/** Only the base 64 counts: the same key on lines, in a JSON string or joined by `+` is one key. */
export const pemBody = (pem: string): string =>
  pem
    .replace(ARMOUR, '')
    .replace(/-----END[\s\S]{0,60}$/, '')
    .replace(HEADERS, '')
    .replace(/\\[nrt]|["'`][ \t]{0,20}\+|[^A-Za-z0-9+/=]/g, '');

export type KeyKind = 'plain' | 'encrypted' | 'damaged' | 'no key';

/** What the first bytes say: DER is a sequence that states its length, OpenSSH begins with its magic, then the name of the cipher. */
export const keyKind = (pem: string): KeyKind => {
  if (pem.startsWith('-----BEGIN PGP ')) return 'plain';
  const bytes = Buffer.from(pemBody(pem), 'base64');
  const start = bytes.subarray(0, 64).toString('latin1');
  if (start.startsWith(OPENSSH)) return start.slice(OPENSSH.length + 4).startsWith('none') ? 'plain' : 'encrypted';
  if (/Proc-Type: ?4, ?ENCRYPTED/.test(pem)) return 'encrypted';
  if (bytes[0] !== DER_SEQUENCE) return 'no key';
  if (derLength(bytes) !== bytes.length) return 'damaged';
  return pem.startsWith('-----BEGIN ENCRYPTED') ? 'encrypted' : 'plain';
};

/** Length in bytes of the whole value as its own header states it (X.690 §8.1.3), up to 64 KiB; 0 when it does not. */
const derLength = (bytes: Uint8Array): number => {
  const [, first = 0, second = 0, third = 0] = bytes;
  if (first < 0x80) return first + 2;
  if (first === 0x81) return second + 3;
  return first === 0x82 ? second * 256 + third + 4 : 0;
};
