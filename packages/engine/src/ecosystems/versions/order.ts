/** What an ordering is. */

/** Some value of an ordering, whichever. */
export type Parsed = NonNullable<unknown>;

/** `parse` once, `compare` often. A total order over what `parse` gives; versions that are equal to the ecosystem compare as 0. */
export interface Ordering<V extends Parsed = Parsed> {
  /** `undefined`: this text cannot be ordered. Never throws. */
  readonly parse: (text: string) => V | undefined;
  /** Negative, 0 or positive. Only values of the same ordering. */
  readonly compare: (a: V, b: V) => number;
  /** First and last version that a name stands for which moves from release to release, as `v4` does; `undefined` for a plain version. */
  readonly spanOf?: (text: string) => readonly [V, V] | undefined;
  /** The version that an index publishes, of which a local build (`2.0.0+cu118`) is made: advisories speak of that one. */
  readonly publishedOf?: (text: string) => string;
}
