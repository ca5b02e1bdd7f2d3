/** Names and values of assignments: which name promises a secret, and which value keeps the promise. */
import { entropy } from './entropy.ts';

export type SecretName = 'password' | 'key';

const KEY_WORDS =
  /^(.*?)(passwords?|passwd|passphrase|pass|pwd|secrets?|tokens?|credentials?|api_?keys?|access_?keys?|auth_?keys?|private_?keys?|encryption_?keys?|signing_?keys?|secret_?keys?|master_?keys?|shared_?keys?)((?:_[a-z0-9]+)*)$/;
/** What may follow: `DB_PASSWORD_PROD`, `SECRET_KEY_BASE`, `API_KEY_2`. Anything else speaks about a secret: `token_url`, `password_field`. */
const SUFFIX =
  /^(?:_(?:prod|production|live|staging|stage|dev|development|test|qa|uat|default|value|val|string|str|raw|plain|plaintext|text|key|base|b64|base64|hex|root|admin|user|master|main|primary|secondary|old|new|current|\d{1,3}|v\d))*$/;
/** What makes it something else: a public key, a token of a grammar or of a page, a key that is the name of an entry. */
const PREFIX =
  /(?:^|_)(?:public|pub|csrf|xsrf|next|prev|previous|page|pagination|continuation|sync|cancel|cancellation|start|end|begin|open|close|closing|opening|eof|delimiter|separator|syntax|lex|lexer|parser|foreign|sort|partition|primary|cache|idempotency|design|color|theme|no|is|has|with|without|missing|invalid|wrong|bad|forgot|reset|show|hide|toggle|encrypted|hashed|sealed|site|publishable|anonymous|dedupe|nonce|etag|request|trace|span|last)_$/;

/** snake_case of any spelling, without the last number: `dbPasswordProd2` → `db_password_prod_2`. */
const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** `undefined` when the name speaks about a secret instead of holding one. `name` has at most 120 characters. */
export const secretNameKind = (name: string): SecretName | undefined => {
  const parts = KEY_WORDS.exec(snake(name).replace(/([a-z])(\d{1,3})$/, '$1_$2'));
  if (parts === null) return undefined;
  const [, before = '', word = '', after = ''] = parts;
  if (!SUFFIX.test(after) || PREFIX.test(before.endsWith('_') ? before : '')) return undefined;
  return /^(?:pass|pwd)/.test(word) ? 'password' : 'key';
};

const HASH =
  /^(?:\$(?:2[abxy]|5|6|apr1|argon2\w*|pbkdf2[\w-]*|scrypt|y)\$|\{(?:SHA|SSHA|MD5|CRYPT|PLAIN)|pbkdf2[_:]|sha(?:1|256|384|512)[-:=$]|md5[-:$]|bcrypt|[A-Za-z0-9]{1,20}:[0-9a-f]{32,}$)/i;
const HEX = /^(?:0x)?[0-9a-fA-F]+$/;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]{1,20}:|\/|\.\.?\/|~\/|[a-zA-Z]:\\|@|#)|:\/\/|\.(?:js|ts|json|ya?ml|pem|key|txt|md|html?|php|py|rb|go|java|xml|com|org|net|io|dev)$/i;
const CODE = /[(){}[\];,|]|=>|^\w+(?:\.\w+)+$|->|::|&&|\\[nrtux]|^[*.!&]|\s/;
/** Data, keys that are public, certificates: long base 64 with a beginning that tells. */
const DATA = /^(?:data:|MII[A-Za-z0-9]|iVBOR|R0lGOD|\/9j\/|PHN2Zy|AAAAB3NzaC|AAAAE2Vj|AAAAC3Nz|ssh-|LS0tLS1CRUdJTiBD|LS0tLS1CRUdJTiBQVU)/;
const EVERYDAY =
  /^\W*(?:pass(?:word|wd|phrase)?|passw[o0]rd|p[a@][s$]{2}w[o0]rd|pwd|secret|token|api_?key|key|admin|administrator|root|user(?:name)?|login|test(?:ing)?|testuser|demo|guest|default|changeit|letmein|welcome|hello|temp|none|null|undefined|true|false|string|required|optional)[\W\d_]*$/i;
/** Words and numbers joined by one sign: a name of something (`scram-sha-256`, `orders.v2.created`). */
const JOINED_WORDS = /^(?:[A-Za-z]{1,16}\d{0,3}|\d{1,4})(?:[-_.:/](?:[A-Za-z]{1,16}\d{0,3}|\d{1,4})){1,12}$/;
const LONGEST = 200;

/** Letters that read as words: camel-case pieces of four or more with a vowel. */
const wordiness = (value: string): number => {
  let covered = 0;
  for (const [piece] of value.matchAll(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g))
    if (piece.length >= 4 && /[aeiouy]/i.test(piece)) covered += piece.length;
  return covered / value.length;
};

const isOther = (value: string): boolean =>
  JOINED_WORDS.test(value) ||
  HASH.test(value) ||
  UUID.test(value) ||
  ADDRESS.test(value) ||
  DATA.test(value) ||
  EVERYDAY.test(value) ||
  value.length > LONGEST;

/** Whether a quoted value looks random enough for its kind of name. Placeholders are told apart before. */
export const looksSecret = (kind: SecretName, value: string): boolean => {
  if (isOther(value) || !/[A-Za-z]/.test(value) || !/\d/.test(value)) return false;
  return kind === 'password' ? looksPassword(value) : looksKey(value);
};

const looksPassword = (value: string): boolean =>
  value.length >= 8 &&
  entropy(value) >= 2.75 &&
  !(HEX.test(value) && value.length >= 32) &&
  !/^\w+(?:\.\w+)+$/.test(value) &&
  wordiness(value) < 0.8;

/** Generators of frameworks (Django, WordPress) use every sign there is; then only the length and the surprise can tell it from code. */
const looksKey = (value: string): boolean => {
  const words = wordiness(value);
  if (CODE.test(value)) return value.length >= 32 && entropy(value) >= 4.2 && words < 0.2;
  return value.length >= 16 && entropy(value) >= 3.2 && words < 0.45;
};

/** Without quotes a value may be code: only one unbroken run of plain characters counts. */
export const looksLikeCode = (value: string): boolean => CODE.test(value);
