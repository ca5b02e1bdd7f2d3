/** The default gate (DESIGN §5): the first rule that holds decides; each names its reasons and the fact that would change it. */
import type { Action, Finding, Rule } from '@breakwater/model';
import { advisoryName, isMalicious, isNew, isProvenUnreachable, isReachable, isSecret, isSevere, isShipped } from './risk.ts';

export interface GateRule {
  readonly name: string;
  readonly action: Action;
  /** The facts that make it fire, or `undefined` when it does not. */
  readonly fires: (finding: Finding, rule: Rule | undefined) => readonly string[] | undefined;
  readonly wouldChange?: string;
}

const when = (holds: boolean, because: () => readonly string[]): readonly string[] | undefined => (holds ? because() : undefined);

export const DEFAULT_GATE: readonly GateRule[] = [
  {
    name: 'malicious',
    action: 'act',
    // it runs when it is installed: that it does not ship protects nobody
    fires: (f, rule) => when(isMalicious(rule), () => [`${advisoryName(f)} says that it was published to do harm`]),
    wouldChange: 'it would not count if the package were removed',
  },
  {
    name: 'stated-not-affected',
    action: 'track',
    fires: (f) => {
      const stated = f.properties.vex;
      const author = stated?.author === undefined ? '' : ` by ${stated.author}`;
      return when(stated?.status === 'not_affected' || stated?.status === 'fixed', () => [
        `stated ${stated?.status === 'fixed' ? 'fixed' : 'not affected'}${author} (VEX)`,
        ...(stated?.justification === undefined ? [] : [stated.justification.replaceAll('_', ' ')]),
      ]);
    },
    wouldChange: 'it would count if the VEX statement were withdrawn',
  },
  {
    name: 'not-shipped',
    action: 'track',
    fires: (f) => when(!isShipped(f), () => ['a development dependency, absent from what ships']),
    wouldChange: 'it would count if a production dependency needed it',
  },
  {
    name: 'proven-unreachable',
    action: 'track',
    fires: (f) => when(isProvenUnreachable(f), () => ['no entry point loads it, every way is closed']),
    wouldChange: 'it would count if any module loaded it',
  },
  {
    name: 'secret-live',
    action: 'act',
    fires: (f, rule) =>
      when(isSecret(rule) && isSevere(f) && f.confidence === 'high', () => [
        'the format of a live credential',
        `${f.severity}, confidence high`,
      ]),
    wouldChange: 'it would not count if the credential were rotated and gone from the tree',
  },
  {
    name: 'exploited',
    action: 'act',
    fires: (f) =>
      when(f.properties.exploitation?.kev === true, () => [`${advisoryName(f)} is exploited in the wild (CISA KEV)`, reachWord(f)]),
    wouldChange: 'it would not count if it were proven unreachable',
  },
  {
    name: 'reachable-high',
    action: 'act',
    fires: (f) => when(f.vulnerability !== undefined && isSevere(f) && isReachable(f), () => [advisoryName(f), f.severity, reachWord(f)]),
    wouldChange: 'it would not count if no path led to it',
  },
  {
    name: 'exposed-high',
    action: 'act',
    fires: (f) =>
      when(
        f.vulnerability === undefined && isSevere(f) && f.confidence === 'high' && isNew(f) && f.properties.exposure === 'internet',
        () => [f.severity, 'confidence high', 'open to the internet'],
      ),
    wouldChange: 'it would not count if the resource were not open to the internet',
  },
  {
    name: 'severe',
    action: 'attend',
    fires: (f) => when(isSevere(f), () => [f.severity, reachWord(f)]),
    wouldChange: 'it would block if a path from an entry point, or exposure to the internet, were found',
  },
  { name: 'tracked', action: 'track', fires: (f) => [f.severity] },
];

const reachWord = ({ properties }: Finding): string => {
  const reach = properties.reachability;
  if (reach === undefined) return properties.exposure === undefined ? 'exposure not known' : `exposure ${properties.exposure}`;
  return {
    executed: 'seen executing',
    reachable: `reachable (${reach.granularity} level)`,
    loaded: 'loaded, no path found',
    unknown: 'reachability unknown',
    unreachable: 'unreachable',
  }[reach.status];
};
