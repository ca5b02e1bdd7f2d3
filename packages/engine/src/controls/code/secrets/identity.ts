/** Identity of a secret: a keyed digest, so that the same secret is recognised anywhere and never written down. */
import { createHmac } from 'node:crypto';
import type { Sha256 } from '@breakwater/model';
import { fingerprint } from '../../../lib/digest.ts';

/**
 * A constant of the product, not a secret: it keeps a fingerprint out of the reach of tables of plain SHA-256 digests and makes it the same on
 * every machine (baselines, exceptions). What protects the secret is its own entropy: a guessable password can still be guessed and compared.
 * Changing it changes every fingerprint: raise `secret/v1` with it.
 */
const PRODUCT_KEY = 'breakwater/secret-identity/v1';

/** HMAC-SHA-256 of the secret under the product's key, 64 hex digits. */
export const secretKey = (secret: string): string => createHmac('sha256', PRODUCT_KEY).update(secret).digest('hex');

/** `key` comes from `secretKey`. */
export const secretFingerprint = (ruleId: string, key: string): Sha256 => fingerprint('secret/v1', ruleId, key);
