/** CEL over findings: what a team writes in breakwater.yaml or behind --fail-on, bounded and linear in time. */
import type { Finding } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { Environment, parse, serialize } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';

export type FindingTest = (finding: Finding) => boolean;

/** The words that an expression may use; absent facts are '' or false, an absent score is neither above nor below any number. */
export const FINDING_FIELDS = [
  'rule',
  'stage',
  'severity',
  'confidence',
  'path',
  'message',
  'component',
  'version',
  'scope',
  'advisory',
  'ids',
  'reachability',
  'kev',
  'epss',
  'exposure',
  'owner',
  'baseline',
  'fixable',
] as const;

const TYPES: Readonly<Record<string, string>> = { kev: 'bool', fixable: 'bool', ids: 'list', epss: 'double' };

const LIMITS = { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 50 };

/** A word alone is a severity floor: `high` = high or critical; `any` = every finding, `none` = no finding. */
const SHORTHAND: Readonly<Record<string, string>> = {
  critical: 'severity == "critical"',
  high: 'severity in ["critical", "high"]',
  medium: 'severity in ["critical", "high", "medium"]',
  low: 'severity != "info"',
  any: 'true',
  none: 'false',
};

/** Throws BW2010 when the expression does not parse, names an unknown field, or is not a yes-or-no question. */
export const compileTest = (source: string, where: string): FindingTest => {
  const text = SHORTHAND[source.trim()] ?? source;
  try {
    const program = environment().parse(linear(text));
    const checked = program.check();
    if (!checked.valid) throw checked.error ?? new Error('does not type-check');
    if (checked.type !== 'bool' && checked.type !== 'dyn') throw new Error(`gives ${String(checked.type)}, not true or false`);
    return (finding) => program(factsOf(finding)) === true;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new BreakwaterError(
      'BW2010',
      `${where}: the expression ${JSON.stringify(source)} cannot be used: ${reason}`,
      `Use the fields ${FINDING_FIELDS.join(', ')}, for example: severity == "high" && kev`,
      { cause },
    );
  }
};

const environment = (): Environment => {
  const env = new Environment({ limits: LIMITS });
  for (const field of FINDING_FIELDS) env.registerVariable(field, TYPES[field] ?? 'string');
  return env.registerFunction('string.matchesLinear(string): bool', (text: string, pattern: string) =>
    RE2JS.compile(pattern).matcher(text).find(),
  );
};

interface Node {
  readonly op: string;
  args: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** The library's `matches` backtracks (27 characters cost two seconds); the call is turned to RE2, which cannot. */
const linear = (text: string): string => {
  const { ast } = parse(text);
  const pending: unknown[] = [ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (Array.isArray(node)) pending.push(...node);
    if (!isNode(node)) continue;
    if (node.op === 'rcall' && Array.isArray(node.args) && node.args[0] === 'matches') node.args[0] = 'matchesLinear';
    pending.push(node.args);
  }
  return serialize(ast);
};

const factsOf = (f: Finding): Record<string, unknown> => {
  const purl = f.component?.purl ?? '';
  const at = purl.lastIndexOf('@');
  return {
    rule: f.ruleId,
    stage: f.ruleId.split('/')[0],
    severity: f.severity,
    confidence: f.confidence,
    path: f.locations[0].uri,
    message: f.message,
    component: purl
      .slice(0, at > 0 ? at : undefined)
      .replace(/^pkg:[^/]+\//, '')
      .replace('%40', '@'),
    version: at > 0 ? purl.slice(at + 1) : '',
    scope: f.component?.scope ?? '',
    advisory: f.vulnerability?.id ?? '',
    ids: f.vulnerability ? [f.vulnerability.id, ...f.vulnerability.aliases] : [],
    reachability: f.properties.reachability?.status ?? '',
    kev: f.properties.exploitation?.kev ?? false,
    epss: f.properties.exploitation?.epss ?? Number.NaN,
    exposure: f.properties.exposure ?? '',
    owner: f.properties.ownership?.owner ?? '',
    baseline: f.properties.baseline ?? '',
    fixable: (f.vulnerability?.fixed?.length ?? 0) > 0,
  };
};
