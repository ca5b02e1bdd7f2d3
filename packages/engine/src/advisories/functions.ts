/** The vulnerable functions that a record names, in the spelling of its ecosystem. */
import type { OsvAffected } from '@breakwater/model/formats/osv';
import { z } from 'zod';

/** Go: the packages of a module, each with the symbols that are affected; without symbols all of the package is. @see https://go.dev/security/vuln/database */
const goImports = z.array(z.object({ path: z.string(), symbols: z.array(z.string()).nullish() }));
/** RustSec: paths of functions, `crate::module::function`. */
const rustAffects = z.object({ functions: z.array(z.string()).nullish() });

/** A list for a part of the module would clear the rest of it, so that one package without symbols leaves no list at all. */
const ofGo = (imports: unknown): readonly string[] => {
  const packages = goImports.safeParse(imports).data ?? [];
  if (packages.some(({ symbols }) => (symbols ?? []).length === 0)) return [];
  return packages.flatMap(({ path, symbols }) => (symbols ?? []).map((symbol) => `${path}.${symbol}`));
};

const ofRust = (affects: unknown): readonly string[] => rustAffects.safeParse(affects).data?.functions ?? [];

/** Names that a proof of concept calls are not the vulnerable ones: only what an advisory states may narrow reachability. [] = not known. */
export const functionsOf = (affected: OsvAffected): readonly string[] => {
  const precision = affected.database_specific?.['functions_precision'];
  if (precision !== undefined && precision !== 'advisory') return [];
  const specific = affected.ecosystem_specific;
  return [...new Set([...(specific?.affected_functions ?? []), ...ofGo(specific?.['imports']), ...ofRust(specific?.['affects'])])];
};
