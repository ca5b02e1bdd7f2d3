/** The local Ed25519 key that signs the ledger: made on first use, kept in the user's own folder, readable by the user alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result, Sha256 } from '@breakwater/model';
import { BreakwaterError, err, ok } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import { codeOf, readSmall } from './files.ts';

const KEY_FILE = 'key.pem';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicPem: string;
  /** SHA-256 of the public key in SubjectPublicKeyInfo DER: the name of the key in every record. */
  readonly id: Sha256;
}

/**
 * Reads `key.pem` (PKCS#8) in `folder`, an absolute path, or makes it. Two processes that come first at once end with the same key.
 * @throws BreakwaterError BW7001 when the file is no Ed25519 key or cannot be made, BW7002 when others may read it.
 */
export const openKey = async (folder: string): Promise<SigningKey> => {
  const path = join(folder, KEY_FILE);
  const pem = (await storedPem(path)) ?? (await createdPem(folder, path));
  const privateKey = parsedPrivate(pem);
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, publicPem: pemOf(publicKey), id: keyId(publicKey) };
};

export const keyId = (key: KeyObject): Sha256 => sha256(key.export({ type: 'spki', format: 'der' }));

/** An Ed25519 public key from PEM text. A private key is refused: it has no business in a file that is shared. */
export const parsePublicKey = (pem: string): Result<KeyObject, string> => {
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return err('not a public key in PEM form');
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? ok(key) : err(`a key of type ${key.asymmetricKeyType}, not Ed25519`);
  } catch {
    return err('not a public key in PEM form');
  }
};

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const storedPem = async (path: string): Promise<string | undefined> => {
  const file = await readSmall(path);
  if (file === undefined) return undefined;
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0) {
    throw new BreakwaterError(
      'BW7002',
      'The signing key can be read by other users of this machine',
      'Run chmod 600 on key.pem in the keys folder.',
    );
  }
  return file.text;
};

/** Written aside and linked into place: never half a key, and never over one that another process has just made. */
const createdPem = async (folder: string, path: string): Promise<string> => {
  const aside = join(folder, `${KEY_FILE}.${randomUUID()}`);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(aside, pem, { flag: 'wx', mode: 0o600 });
    await link(aside, path);
    return pem;
  } catch (cause) {
    const winner = codeOf(cause) === 'EEXIST' ? await storedPem(path) : undefined;
    if (winner !== undefined) return winner;
    throw new BreakwaterError('BW7001', 'The signing key could not be made', 'Check that the keys folder can be written.', { cause });
  } finally {
    await rm(aside, { force: true });
  }
};

const parsedPrivate = (pem: string): KeyObject => {
  const hint = 'Restore key.pem from a backup, or move it away and begin a new ledger.';
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new BreakwaterError('BW7001', 'The signing key cannot be read', hint, { cause });
  }
  throw new BreakwaterError('BW7001', 'The signing key is not an Ed25519 key', hint);
};
