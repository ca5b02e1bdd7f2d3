/** OpenVEX 0.2.0 out and in. @see https://github.com/openvex/spec */
export type { LeftOut } from '../sbom/reading.ts';
export type { VexReading } from '../sbom/statements.ts';
export { parseOpenVex, type ReadOpenVexOptions } from './from-openvex.ts';
export { type OpenVexOptions, toOpenVex } from './to-openvex.ts';
export type * from './types.ts';
