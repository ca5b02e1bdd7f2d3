/** DSSE envelopes with one Ed25519 signature over the pre-authentication encoding. @see https://github.com/secure-systems-lab/dsse */
import { type KeyObject, sign, verify } from 'node:crypto';
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { z } from 'zod';
import { canonical } from './canonical.ts';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';

export const RECORD_TYPE = 'application/vnd.in-toto+json';
/** A type of its own, so that a record can never be passed off as a head. */
export const HEAD_TYPE = 'application/vnd.breakwater.ledger-head+json';

const envelopeSchema = z.strictObject({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.literal(''), sig: z.string() })]),
});

/** DSSE's pre-authentication encoding: type and body with their lengths in bytes, so that neither can run into the other. */
const encoded = (type: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);

/** One line without its end. `keyid` stays blank: it is not signed, and cosign finds no signature when it holds a hint. */
export const seal = (type: string, payload: string, key: KeyObject): string => {
  const body = Buffer.from(payload);
  const sig = sign(null, encoded(type, body), key).toString('base64');
  return canonical({ payloadType: type, payload: body.toString('base64'), signatures: [{ keyid: '', sig }] });
};

/** Checks form and signature and gives the payload as text. Never throws. */
export const unseal = (line: Buffer, type: string, key: KeyObject): Result<string, Fault> => {
  const envelope = envelopeSchema.safeParse(parsed(line.toString('utf8')));
  if (!envelope.success) return err(fault('notEnvelope', 'not a DSSE envelope with one signature and a blank keyid'));
  const { payloadType, payload, signatures } = envelope.data;
  // Another spelling of the same envelope (white space, a doubled key, loose base64) would be a change that no signature sees.
  if (!Buffer.from(canonical(envelope.data)).equals(line)) return err(fault('notEnvelope', 'the envelope is not in canonical form'));
  if (payloadType !== type) return err(fault('notEnvelope', `the payload type is not ${type}`));
  const body = strictBase64(payload);
  const sig = strictBase64(signatures[0].sig);
  if (body === undefined || sig === undefined) return err(fault('notEnvelope', 'payload or signature is not strict base64'));
  if (!signed(encoded(type, body), key, sig)) return err(fault('badSignature', 'the signature does not fit the content and the key'));
  return ok(body.toString('utf8'));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const strictBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

const signed = (data: Buffer, key: KeyObject, sig: Buffer): boolean => {
  try {
    return verify(null, data, key, sig);
  } catch {
    return false;
  }
};
