/** introduced: the commit that brought the line or the lockfile entry, by git blame. */
import type { Enricher } from '@breakwater/model';
import type { Facts } from '../../extractors/facts.ts';

export const introduced: Enricher<'introduced', Facts, 'history'> = {
  adds: 'introduced',
  after: [],
  needs: { network: false, execution: 'none', tools: ['git'] },
  reads: ['history'],
  open: async ({ history }) => {
    return async ({ locations, kind }) => {
      const line = locations[0].region?.startLine;
      return kind === 'fail' && line !== undefined ? history.blame(locations[0].uri, line) : undefined;
    };
  },
};
