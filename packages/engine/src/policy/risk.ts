/** What the gate asks of a finding: small questions with one meaning each. */
import type { Finding, Rule } from '@breakwater/model';
import { isDelivered } from '@breakwater/model';

export const isSevere = ({ severity }: Finding): boolean => severity === 'critical' || severity === 'high';

/** Development dependencies never reach production. */
export const isShipped = ({ component }: Finding): boolean => component === undefined || isDelivered(component);

/** CWE-506, embedded malicious code. */
export const isMalicious = (rule: Rule | undefined): boolean => rule?.taxa.includes('CWE-506') === true;

/** Absent reachability is not proof of anything: only a certificate says unreachable. */
export const isProvenUnreachable = ({ properties }: Finding): boolean => properties.reachability?.status === 'unreachable';

export const isReachable = ({ properties }: Finding): boolean =>
  properties.reachability?.status === 'reachable' || properties.reachability?.status === 'executed';

/** Without a baseline everything is new. */
export const isNew = ({ properties }: Finding): boolean => properties.baseline !== 'unchanged' && properties.baseline !== 'absent';

/** CWE-798 (hard-coded credentials) and its kin: what a control of stored secrets reports. */
const CREDENTIAL_CWES = ['CWE-798', 'CWE-321', 'CWE-522', 'CWE-540'];

export const isSecret = (rule: Rule | undefined): boolean =>
  rule?.id.startsWith('code/') === true && rule.taxa.some((taxon) => CREDENTIAL_CWES.includes(taxon));

/** `CVE-2022-29078` where one is known: the name people search for. */
export const advisoryName = ({ vulnerability, ruleId }: Finding): string => {
  const ids = vulnerability === undefined ? [] : [vulnerability.id, ...vulnerability.aliases];
  return ids.find((id) => id.startsWith('CVE-')) ?? ids[0] ?? ruleId;
};
