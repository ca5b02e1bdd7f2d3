/** A place, in SARIF's terms. */
export interface Region {
  /** 1-based. */
  readonly startLine: number;
  /** 1-based, UTF-16 code units. */
  readonly startColumn?: number;
  /** Inclusive. */
  readonly endLine?: number;
  /** Exclusive. */
  readonly endColumn?: number;
}

export interface Location {
  /** Relative to the scanned root, `/` as separator; inside a package it starts at the package: `lib/ejs.js`. */
  readonly uri: string;
  readonly region?: Region;
  /** Resource address, function name, route template, package (SARIF logicalLocation). */
  readonly fullyQualifiedName?: string;
  readonly message?: string;
}
