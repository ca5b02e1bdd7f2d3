/** One rule in one file: `check()` and the examples contract. controls/examples.test.ts runs every example of every check. */
import type { Location, Rule } from '@breakwater/model';

export interface Check<Fact> {
  readonly rule: Rule;
  /** Inputs as text. `fails` must be found at exactly `line`; `passes` must stay silent: the near misses that people write. */
  readonly examples: {
    readonly fails: readonly { readonly line: number; readonly text: string }[];
    readonly passes: readonly string[];
  };
  find(fact: Fact): Iterable<Hit>;
}

export interface Hit {
  readonly at: Location;
  /** The title of the finding: the effect in this application. */
  readonly message: string;
  /** could not be told: becomes `kind: 'open'`. */
  readonly open?: boolean;
  /** Worth knowing and no alert: becomes `kind: 'informational'`, on record and outside the count. */
  readonly informational?: boolean;
}

export const check = <Fact>(definition: Check<Fact>): Check<Fact> => definition;
