/** Looks for credentials in every text of the target. */
import type { Control } from '@breakwater/model';
import type { Facts } from '../../../extractors/facts.ts';
import { findingsOf } from './findings.ts';
import { type SecretHit, scanText } from './hits.ts';
import { SECRET_RULES } from './rules/index.ts';

export const secrets: Control<Facts, 'texts'> = {
  id: 'code/secrets',
  rules: SECRET_RULES.map((r) => r.rule),
  needs: { network: false, execution: 'none' },
  reads: ['texts'],
  async *run({ texts }, target, { signal }) {
    const hits: SecretHit[] = [];
    for await (const { uri, text } of texts) {
      signal.throwIfAborted();
      hits.push(...scanText(uri, text));
    }
    yield* findingsOf(hits, target);
  },
};
