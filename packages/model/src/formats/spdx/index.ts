/** SPDX 2.3 in JSON out, 2.2 and 2.3 in. */
export type { BomReading, LeftOut, ReadOptions } from '../sbom/reading.ts';
export { parseSpdx } from './from-spdx.ts';
export { type SpdxOptions, toSpdx } from './to-spdx.ts';
export type * from './types.ts';
