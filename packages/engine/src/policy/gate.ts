/** The gate: rules of the team, then the default ones; exceptions lower what they cover. Pure: same findings, same instant, same decision. */
import type { Config, Decision, Exception, Finding, Policy, Rule, Verdict } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import type { GateRule } from './default-gate.ts';
import { DEFAULT_GATE } from './default-gate.ts';
import { covers, isExpired } from './exceptions.ts';
import { compileTest } from './expression.ts';

export interface GateOptions {
  readonly config: Config;
  readonly rules: readonly Rule[];
  /** `--fail-on`: only what this expression names blocks; the rest of the default gate warns. */
  readonly failOn?: string;
}

/** Throws BW2010 when an expression of the configuration cannot be used. */
export const createPolicy = ({ config, rules, failOn }: GateOptions): Policy => {
  const gate = gateRules(config, failOn);
  const exceptions = config.exceptions ?? [];
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const uri = failOn === undefined && config.gate === undefined ? 'breakwater:default-gate/v1' : 'breakwater.yaml#gate';
  const digest = sha256(JSON.stringify([gate.map((r) => [r.name, r.action]), config.gate ?? null, exceptions, failOn ?? null]));
  const judge = (finding: Finding, today: string): Verdict =>
    except(judged(gate, finding, ruleById.get(finding.ruleId)), finding, exceptions, today);
  return {
    uri,
    digest,
    decide: (findings, at) =>
      decision(
        findings.filter((f) => f.kind === 'fail').map((f) => judge(f, at)),
        uri,
        digest,
      ),
  };
};

const gateRules = (config: Config, failOn: string | undefined): readonly GateRule[] => {
  const own = (config.gate?.rules ?? []).map((rule) =>
    custom(rule.name, rule.when, rule.action, `breakwater.yaml gate.rules.${rule.name}`),
  );
  const base =
    config.gate?.default === false ? DEFAULT_GATE.filter((rule) => rule.action !== 'act' && rule.action !== 'attend') : DEFAULT_GATE;
  if (failOn === undefined) return [...own, ...base];
  const softened = base.map((rule) => (rule.action === 'act' ? { ...rule, action: 'attend' as const } : rule));
  return [custom('fail-on', failOn, 'act', '--fail-on'), ...own.filter((rule) => rule.action !== 'act'), ...softened];
};

const custom = (name: string, when: string, action: GateRule['action'], where: string): GateRule => {
  const test = compileTest(when, where);
  return { name, action, fires: (f) => (test(f) ? [when] : undefined), wouldChange: `it is decided by the rule ${name}: ${when}` };
};

const judged = (gate: readonly GateRule[], finding: Finding, rule: Rule | undefined): Verdict => {
  for (const candidate of gate) {
    const because = candidate.fires(finding, rule);
    if (because === undefined) continue;
    const { name, action, wouldChange } = candidate;
    return { fingerprint: finding.fingerprint, action, rule: name, because, ...(wouldChange !== undefined && { wouldChange }) };
  }
  return { fingerprint: finding.fingerprint, action: 'track', rule: 'tracked', because: [finding.severity] };
};

/** An exception never hides: the verdict keeps its rule and reasons, only the action is lowered until the day it ends. */
const except = (verdict: Verdict, finding: Finding, exceptions: readonly Exception[], today: string): Verdict => {
  if (verdict.action === 'track') return verdict;
  const exception = exceptions.find((e) => !isExpired(e, today) && covers(e, finding));
  if (exception === undefined) return verdict;
  const { reason, owner, expires } = exception;
  return { ...verdict, action: 'track*', exception: { reason, owner, expires } };
};

const decision = (verdicts: readonly Verdict[], uri: string, digest: Policy['digest']): Decision => {
  const result = verdicts.some((v) => v.action === 'act') ? 'FAILED' : verdicts.some((v) => v.action === 'attend') ? 'WARNED' : 'PASSED';
  return { result, policy: { uri, digest }, verdicts };
};
