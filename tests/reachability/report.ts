/** Outcomes → the tables and lists of the report, as Markdown. */
import type { AppKind } from './apps.ts';
import type { Half } from './facts.ts';
import type { Outcome } from './outcome.ts';

export interface ReportInput {
  readonly outcomes: readonly Outcome[];
  readonly failed: readonly { readonly id: string; readonly half: Half; readonly why: string }[];
}

const VERDICTS = [
  'executed/function',
  'reachable/function',
  'reachable/module',
  'loaded/function',
  'loaded/module',
  'unknown/function',
  'unknown/module',
  'unreachable/function',
  'unreachable/module',
] as const;

const verdictOf = ({ verdict }: Outcome): string => (verdict === undefined ? 'none' : `${verdict.status}/${verdict.granularity}`);

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

const table = (groups: readonly (readonly [string, readonly Outcome[]])[]): readonly string[] => {
  const seen = new Set(groups.flatMap(([, outcomes]) => outcomes.map(verdictOf)));
  const columns = [
    ...VERDICTS.filter((verdict) => seen.has(verdict)),
    ...[...seen].filter((one) => !VERDICTS.some((known) => known === one)),
  ];
  const row = ([name, outcomes]: readonly [string, readonly Outcome[]]): string => {
    const counts = columns.map((column) => outcomes.filter((outcome) => verdictOf(outcome) === column).length);
    return `| ${[name, outcomes.length, ...counts].join(' | ')} |`;
  };
  return [`| programs | n | ${columns.join(' | ')} |`, `|---|--:|${columns.map(() => '--:|').join('')}`, ...groups.map(row)];
};

const split = (name: string, outcomes: readonly Outcome[]): readonly (readonly [string, readonly Outcome[]])[] => {
  const classes = [...new Set(outcomes.map((one) => one.class))].sort();
  return [
    [name, outcomes],
    ...(['A', 'B'] as const).map((half) => [`– half ${half}`, outcomes.filter((one) => one.half === half)] as const),
    ...classes.map((of) => [`– ${of}`, outcomes.filter((one) => one.class === of)] as const),
  ];
};

const of = (outcomes: readonly Outcome[], kind: AppKind): readonly Outcome[] => outcomes.filter((one) => one.kind === kind);
const isPositive = ({ verdict }: Outcome): boolean => verdict?.status === 'reachable' || verdict?.status === 'executed';
const atFunction = ({ verdict }: Outcome): boolean => verdict?.granularity === 'function';

/** Ids of the facts whose sink ran at import as well: there an import is an exploit. */
const ranAtImport = (outcomes: readonly Outcome[]): ReadonlySet<string> =>
  new Set(of(outcomes, 'import-only').flatMap((one) => (one.reached === 'ran' ? [one.id] : [])));

const goals = (ran: readonly Outcome[], controls: readonly Outcome[]): readonly string[] => {
  const fixed = ran.filter((one) => one.fixed);
  const named = ran.filter((one) => one.fn !== undefined);
  const count = (name: string, part: readonly Outcome[], whole: readonly Outcome[], goal: string): string =>
    `| ${name} | ${part.length} of ${whole.length} | ${percent(part.length, whole.length)} | ${goal} |`;
  return [
    '| what | count | share | asked for |',
    '|---|--:|--:|---|',
    count(
      'exploits called unreachable',
      ran.filter((one) => one.verdict?.status === 'unreachable'),
      ran,
      '0',
    ),
    count('exploits reachable', ran.filter(isPositive), ran, '≥ 90 %'),
    count(
      '– by function, of those whose sink has a named function',
      named.filter((one) => isPositive(one) && atFunction(one)),
      named,
      '',
    ),
    count(
      'exploits without an answer',
      ran.filter((one) => one.verdict === undefined),
      ran,
      '0',
    ),
    count(
      'import-only twins reachable by function',
      controls.filter((one) => isPositive(one) && atFunction(one)),
      controls,
      '≤ 15 %',
    ),
    count('import-only twins reachable at all', controls.filter(isPositive), controls, ''),
    count('function granularity where a fixed version is published', fixed.filter(atFunction), fixed, '≥ 80 %'),
  ];
};

const paths = (ran: readonly Outcome[]): readonly string[] => {
  const claimed = ran.filter((one) => one.steps.length > 0);
  const steps = claimed.flatMap((one) => one.steps);
  const all = claimed.filter((one) => one.steps.every((step) => step === 'executed'));
  const missing = claimed.filter((one) => one.steps.includes('missing'));
  const count = (what: string): number => steps.filter((step) => step === what).length;
  return [
    `Paths: ${claimed.length} claimed, ${all.length} of them executed at every step; ${steps.length} steps: ${count('executed')} executed, ${count('callable')} callable, ${count('missing')} at no such place.`,
    ...(missing.length === 0 ? [] : [`Paths with a place that is not there: ${missing.map((one) => one.id).join(', ')}`]),
  ];
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

const costs = (name: string, outcomes: readonly Outcome[]): string => {
  const [ms, mb] = [outcomes.map((one) => one.ms), outcomes.map((one) => one.peakMb)];
  const three = (values: readonly number[]): string => [0.5, 0.9, 1].map((share) => quantile(values, share).toFixed(0)).join(' / ');
  return `| ${name} | ${three(ms)} | ${three(mb)} |`;
};

const truths = (outcomes: readonly Outcome[]): string => {
  const count = (reached: Outcome['reached']): number => outcomes.filter((one) => one.reached === reached).length;
  return `${count('ran')} ran, ${count('loaded')} loaded only, ${count('not-loaded')} file not loaded, ${count('unlocatable')} not in the published package; ${outcomes.filter((one) => one.timedOut).length} stopped for time`;
};

const why = ({ verdict, error }: Outcome): string => error?.split('\n')[0] ?? verdict?.because.slice(0, 2).join('; ') ?? 'no answer';

/** Only half A is named: B is counted, never looked into. */
const misses = (name: string, outcomes: readonly Outcome[]): readonly string[] => {
  const lines = outcomes
    .filter((one) => one.half === 'A')
    .map((one) => `- ${one.id} (${one.fn ?? 'no function'}): ${verdictOf(one)}: ${why(one)}`);
  return lines.length === 0 ? [] : ['', `${name}, half A:`, ...lines];
};

export const report = ({ outcomes, failed }: ReportInput): string => {
  const exploits = of(outcomes, 'exploit');
  const ran = exploits.filter((one) => one.reached === 'ran');
  const atImport = ranAtImport(outcomes);
  const controls = of(outcomes, 'import-only').filter((one) => !atImport.has(one.id) && one.reached !== 'unlocatable');
  const unsafe = exploits.filter((one) => one.verdict?.status === 'unreachable' && one.reached === 'ran');
  return [
    `${exploits.length} facts, ${failed.length} without an installed package or a known entry.`,
    `Exploits: ${truths(exploits)}.`,
    `Import-only twins: ${truths(of(outcomes, 'import-only'))}.`,
    '',
    ...goals(ran, controls),
    '',
    ...table(split('exploits whose sink ran', ran)),
    '',
    ...table([['all exploits', exploits]]),
    '',
    ...table(split('import-only, sink not run at import', controls)),
    '',
    ...paths(ran),
    '',
    '| reachability step | ms: median / p90 / max | peak MB: median / p90 / max |',
    '|---|--:|--:|',
    costs('exploits (nothing cached)', exploits),
    costs('twins (facts of packages cached)', of(outcomes, 'import-only')),
    ...(unsafe.length === 0 ? [] : ['', `WRONG, called unreachable though it ran: ${unsafe.map((one) => one.id).join(', ')}`]),
    ...misses(
      'Exploits not reachable',
      ran.filter((one) => !isPositive(one)),
    ),
    ...misses(
      'Exploits not at function level',
      ran.filter((one) => isPositive(one) && one.fn !== undefined && !atFunction(one)),
    ),
    ...misses(
      'False alarms at function level',
      controls.filter((one) => isPositive(one) && atFunction(one)),
    ),
    ...(failed.length === 0 ? [] : ['', 'Left out:', ...failed.map((one) => `- ${one.id}: ${one.why}`)]),
    '',
  ].join('\n');
};
