/** Hits of checks → findings, with the identity that survives edits around them. */
import type { Finding, Location, Rule, Target } from '@breakwater/model';
import type { Dockerfile, TerraformModule } from '../../../extractors/facts.ts';
import { fingerprint } from '../../../lib/digest.ts';
import { byKeys } from '../../../lib/order.ts';
import type { Check, Hit } from '../../check.ts';
import { isExposed } from './exposed.ts';

/** One finding per hit; the same instruction written twice is told apart by its ordinal. */
export const dockerfileFindings = (check: Check<Dockerfile>, dockerfile: Dockerfile, target: Target): readonly Finding[] => {
  const texts = new Map(dockerfile.instructions.map((i) => [i.region.startLine, `${i.name} ${i.arguments.replace(/\s+/g, ' ')}`]));
  const seen = new Map<string, number>();
  const hits = [...check.find(dockerfile)].sort(byKeys(lineOf));
  return hits.map((hit) => {
    const text = texts.get(lineOf(hit)) ?? '';
    const ordinal = seen.get(text) ?? 0;
    seen.set(text, ordinal + 1);
    return findingOf(check.rule, target, [hit], fingerprint('dockerfile/v1', check.rule.id, dockerfile.uri, text, String(ordinal)));
  });
};

/** One finding per resource, with every place; where one place is known to be wrong, what could not be told is left out. */
export const terraformFindings = (check: Check<TerraformModule>, module: TerraformModule, target: Target): readonly Finding[] => {
  const byAddress = new Map<string, Hit[]>();
  for (const hit of check.find(module)) {
    const address = hit.at.fullyQualifiedName ?? '';
    const known = byAddress.get(address);
    if (known === undefined) byAddress.set(address, [hit]);
    else known.push(hit);
  }
  return [...byAddress].map(([address, hits]) => {
    const known = hits.filter((hit) => hit.open !== true);
    return findingOf(check.rule, target, known.length > 0 ? known : hits, fingerprint('iac/v1', check.rule.id, module.folder, address));
  });
};

const lineOf = (hit: Hit): number => hit.at.region?.startLine ?? 0;

const findingOf = (rule: Rule, target: Target, hits: readonly Hit[], id: Finding['fingerprint']): Finding => {
  const [first, ...others] = [...hits].sort(
    byKeys(
      (hit) => hit.at.uri,
      lineOf,
      (hit) => hit.at.region?.startColumn ?? 0,
      (hit) => hit.message,
    ),
  );
  return {
    ruleId: rule.id,
    kind: first?.open === true ? 'open' : 'fail',
    severity: rule.severity,
    confidence: rule.confidence,
    message: first?.message ?? rule.name,
    target,
    locations: [locationOf(first), ...others.map(locationOf)],
    fingerprint: id,
    ...(isExposed(rule.id) && { opensTo: 'internet' as const }),
    properties: {},
  };
};

/** Several places of one finding say each what is wrong there. */
const locationOf = (hit: Hit | undefined): Location => (hit === undefined ? { uri: '' } : { ...hit.at, message: hit.message });
