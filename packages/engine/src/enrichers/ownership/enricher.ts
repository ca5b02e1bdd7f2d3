/** ownership: who can act on a finding, with the line that says so. */
import type { Enricher, Enrichment } from '@breakwater/model';
import ignore from 'ignore';
import type { CodeOwners, Facts } from '../../extractors/facts.ts';

type Ownership = NonNullable<Enrichment['ownership']>;

/** The application's own code on the path owns a dependency more truly than the lockfile does: its first own file is asked first. */
export const ownership: Enricher<'ownership', Facts, 'codeowners'> = {
  adds: 'ownership',
  after: ['reachability'],
  needs: { network: false, execution: 'none' },
  reads: ['codeowners'],
  open: async ({ codeowners }) => {
    const ownerOf = codeowners === undefined ? () => undefined : ownersOf(codeowners);
    return async (finding) => {
      const own = [...(finding.properties.reachability?.path ?? [])].filter((step) => step.fullyQualifiedName === undefined);
      const nearest = own[own.length - 1];
      return (nearest && ownerOf(nearest.uri)) ?? ownerOf(finding.locations[0].uri);
    };
  },
};

/** CODEOWNERS has gitignore's patterns without negation; the last match wins, an entry without owners unassigns. */
export const ownersOf = (codeowners: CodeOwners): ((uri: string) => Ownership | undefined) => {
  const rules = codeowners.rules.map((rule) => ({ ...rule, matcher: ignore().add(rule.pattern) })).reverse();
  return (uri) => {
    const rule = ignore.isPathValid(uri) ? rules.find((r) => r.matcher.ignores(uri)) : undefined;
    if (rule === undefined || rule.owners.length === 0) return undefined;
    return { owner: rule.owners.join(' '), source: 'CODEOWNERS', at: `${codeowners.uri.split('/').pop() ?? 'CODEOWNERS'}:${rule.line}` };
  };
};
