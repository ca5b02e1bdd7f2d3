/** The vulnerable functions of a flaw: those that its record names, else those that its fix changed. */
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';

export interface WantedFunction {
  readonly name: string;
  /** Inside the package; absent = in any of its files. */
  readonly file?: string;
}

export type Wanted =
  | {
      readonly kind: 'functions';
      readonly functions: readonly WantedFunction[];
      readonly source: string;
      /** The fix came with much else: that none of these is reached says little. */
      readonly vague?: boolean;
    }
  /** Only the package as a whole can be asked for. */
  | { readonly kind: 'module'; readonly because?: string };

export const wantedOf = (facts: readonly AdvisoryFacts[], name: string): Wanted => {
  const named = facts.find((each) => each.functions.length > 0);
  if (named !== undefined)
    return { kind: 'functions', functions: named.functions.map((each) => spelled(each, name)), source: `named by ${named.id}` };
  const derived = facts.find((each) => each.derived !== undefined)?.derived;
  return derived === undefined ? { kind: 'module', because: UNKNOWN } : fromDiff(derived);
};

const UNKNOWN = 'which function is vulnerable is not known';

const fromDiff = ({ pair, distance, moduleOnly, functions }: DerivedFunctions): Wanted => {
  const source = `changed by the fix ${pair.vulnerable} → ${pair.fixed}`;
  if (moduleOnly !== undefined)
    return { kind: 'module', because: `no function can be told from the fix ${pair.vulnerable} → ${pair.fixed}: ${moduleOnly}` };
  return functions.length === 0
    ? { kind: 'module', because: UNKNOWN }
    : { kind: 'functions', functions, source, vague: distance === 'major' || distance === 'minor' };
};

/** `lodash.template`, `template()`, `@scope/name.parse` → `template`, `parse`; the package itself is what it exports. */
const spelled = (written: string, name: string): WantedFunction => {
  // `outer>each()` is a name of ours: the callback that outer gives to each
  const bare = written.includes('>') ? written.trim() : written.replace(/\(.*$/, '').trim();
  const inside =
    bare === name ? 'exports' : bare.startsWith(`${name}.`) || bare.startsWith(`${name}#`) ? bare.slice(name.length + 1) : bare;
  return { name: inside.replaceAll('#', '.').replace(/\.prototype\./g, '.') };
};
