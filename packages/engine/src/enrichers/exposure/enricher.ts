/** exposure: who can get at it. What the control saw at the resource itself comes first, then what the team declares of the application. */
import type { Enricher } from '@breakwater/model';
import type { Facts } from '../../extractors/facts.ts';

/** No guess: without either the key stays absent, and the gate treats it as not known. */
export const exposure: Enricher<'exposure', Facts, 'exposure'> = {
  adds: 'exposure',
  after: [],
  needs: { network: false, execution: 'none' },
  reads: ['exposure'],
  open: async (facts) => async (finding) => finding.opensTo ?? facts.exposure.declared,
};
