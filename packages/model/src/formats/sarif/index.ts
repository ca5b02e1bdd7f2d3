/** SARIF 2.1.0 out and in. */
export { fromSarif, type ImportedFinding, type SarifImport } from './from-sarif.ts';
export { toSarif } from './to-sarif.ts';
export type * from './types.ts';
