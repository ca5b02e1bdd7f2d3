/** CycloneDX out (1.5 and 1.6, JSON and XML) and in (1.2 to 1.7), with VEX. */
export type { BomReading, LeftOut, ReadOptions } from '../sbom/reading.ts';
export type { VexReading } from '../sbom/statements.ts';
export { parseCycloneDx } from './from-cyclonedx.ts';
export { type CycloneDxOptions, toCycloneDx } from './to-cyclonedx.ts';
export { toCycloneDxXml } from './to-xml.ts';
export type * from './types.ts';
export { parseCycloneDxVex } from './vex-in.ts';
