/** Branded scalars: digests, package URLs and instants, so that one cannot be passed for another. */
export type Sha256 = `sha256:${string}`;
export type Purl = `pkg:${string}`;
/** RFC 3339, UTC. */
export type Timestamp = string & { readonly __brand: 'Timestamp' };

/** Milliseconds since the epoch → RFC 3339 in UTC. The caller brings the clock: the model has none. */
export const timestamp = (iso: string): Timestamp => iso as Timestamp; // the brand is only a compile-time mark
