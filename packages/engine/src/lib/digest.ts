/** SHA-256 over bytes or over a canonical form of plain data. */
import { createHash } from 'node:crypto';
import type { Sha256 } from '@breakwater/model';

export const sha256 = (data: string | Uint8Array): Sha256 => `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** The identity of a finding: parts joined by NUL so that `a|bc` and `ab|c` differ; the kind is versioned. */
export const fingerprint = (kind: `${string}/v${number}`, ...parts: readonly string[]): Sha256 => sha256([kind, ...parts].join('\0'));
