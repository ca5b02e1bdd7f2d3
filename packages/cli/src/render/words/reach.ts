/** How near the vulnerable code is to what runs, and how that is known, in one line. */
import type { Reachability } from '@breakwater/model';

export const reachLine = ({ status, granularity }: Reachability): string => {
  const analysis = `static analysis at ${granularity} level`;
  return {
    executed: `executed, by evidence of run time at ${granularity} level`,
    reachable: `reachable, by ${analysis}`,
    loaded: `loaded, no path found by ${analysis}`,
    unknown: `unknown, ${analysis} could not tell`,
    unreachable: `unreachable, proven by ${analysis}`,
  }[status];
};

/** What the verdict rests on; that nothing better is known is a reason too. */
export const reasonsOf = ({ status, granularity, because }: Reachability): readonly string[] =>
  because.length === 0 && status === 'reachable' && granularity === 'module'
    ? ['no vulnerable function is known, so loading it counts']
    : because;
