/** The vulnerable functions of a flaw: those that its record names, else those that its fix changed. */
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';

export interface WantedFunction {
  readonly name: string;
  /** Inside the package; absent = in any of its files. */
  readonly file?: string;
}

export type Wanted =
  | { readonly kind: 'functions'; readonly functions: readonly WantedFunction[]; readonly source: string }
  /** Only the package as a whole can be asked for. */
  | { readonly kind: 'module'; readonly because?: string };

export const wantedOf = (facts: readonly AdvisoryFacts[], name: string): Wanted => {
  const named = facts.find((each) => each.functions.length > 0);
  if (named !== undefined)
    return { kind: 'functions', functions: named.functions.map((each) => spelled(each, name)), source: `named by ${named.id}` };
  const derived = facts.find((each) => each.derived !== undefined)?.derived;
  return derived === undefined ? { kind: 'module' } : fromDiff(derived);
};

const fromDiff = ({ pair, moduleOnly, functions }: DerivedFunctions): Wanted => {
  const source = `changed by the fix ${pair.vulnerable} → ${pair.fixed}`;
  if (moduleOnly !== undefined)
    return { kind: 'module', because: `no function can be told from the fix ${pair.vulnerable} → ${pair.fixed}: ${moduleOnly}` };
  return functions.length === 0 ? { kind: 'module' } : { kind: 'functions', functions, source };
};

/** `lodash.template`, `template()`, `@scope/name.parse` → `template`, `parse`; the package itself is what it exports. */
const spelled = (written: string, name: string): WantedFunction => {
  const bare = written.replace(/\(.*$/, '').trim();
  const inside =
    bare === name ? 'exports' : bare.startsWith(`${name}.`) || bare.startsWith(`${name}#`) ? bare.slice(name.length + 1) : bare;
  return { name: inside.replaceAll('#', '.').replace(/\.prototype\./g, '.') };
};
