/** `breakwater explain`: a finding of the last scan, a rule, or an error code. */
import { nearest } from '@breakwater/engine/lib/nearest';
import { allRules } from '@breakwater/engine/pipeline/select';
import { recallRun } from '@breakwater/engine/pipeline/state';
import type { Finding, Rule, Run } from '@breakwater/model';
import { BreakwaterError, shortId } from '@breakwater/model';
import { explainError } from '../explain/errors.ts';
import { explainFinding } from '../explain/finding.ts';
import { frameReader } from '../explain/frame.ts';
import { explainRule } from '../explain/rule.ts';
import { fixCommand, shortIds } from '../render/words/index.ts';
import { EXIT } from '../terminal/exit.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { Invocation } from './invocation.ts';
import { folderOf } from './target.ts';

interface Flags {
  readonly target: string;
  readonly color: boolean;
}

export const explainAction = async (id: string, flags: Flags, { exit }: Invocation): Promise<void> => {
  const style = styleOf(terminalOf(process.stdout, process.env, !flags.color));
  const lines = await explained(id, flags, style);
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  exit(EXIT.passed);
};

const explained = async (id: string, flags: Flags, style: Style): Promise<readonly string[]> => {
  if (/^BW\d{4}$/i.test(id)) return explainError(id.toUpperCase(), style);
  if (/^[0-9a-f]{4,64}$/.test(id)) return findingLines(id, flags, style);
  const rules = await allRules();
  const rule = ruleNamed(rules, id);
  if (rule !== undefined) return explainRule(rule, style);
  const guess = nearest(
    id,
    rules.map((one) => one.id),
  );
  throw new BreakwaterError(
    'BW1006',
    `nothing here is called ${id}`,
    guess === undefined ? 'Name a finding (six digits), a rule, or a code such as BW2007.' : `Did you mean ${guess}?`,
  );
};

/** By id, else by what a peer calls it: of several the one that means little else. */
const ruleNamed = (rules: readonly Rule[], id: string): Rule | undefined =>
  rules.find((rule) => rule.id === id) ??
  rules.filter((rule) => rule.aliases.includes(id)).sort((a, b) => a.aliases.length - b.aliases.length)[0];

const findingLines = async (id: string, flags: Flags, style: Style): Promise<readonly string[]> => {
  const root = folderOf(flags.target);
  const run = await lastRun(root, flags.target);
  const finding = findingOf(run, id);
  const rule: Rule | undefined = run.rules.find((one) => one.id === finding.ruleId);
  const short = shortIds(run.findings).get(finding.fingerprint) ?? id;
  const verdict = run.decision.verdicts.find((one) => one.fingerprint === finding.fingerprint);
  return explainFinding({ run, finding, id: short, verdict, rule, command: fixCommand([finding], () => short) }, style, frameReader(root));
};

/** Throws BW1007 when the folder was never scanned. */
export const lastRun = async (root: string, shown: string): Promise<Run> => {
  const run = await recallRun(root);
  if (run !== undefined) return run;
  throw new BreakwaterError(
    'BW1007',
    `${shown === '.' ? 'this folder' : shown} has not been scanned yet`,
    `Run breakwater scan${shown === '.' ? '' : ` ${shown}`} first; it remembers its findings.`,
  );
};

/** Throws BW1008 when no finding, or more than one, begins with these digits. */
export const findingOf = (run: Run, id: string): Finding => {
  const found = run.findings.filter((finding) => shortId(finding.fingerprint, id.length) === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const message = only === undefined ? `the last scan has no finding ${id}` : `${id} begins the names of ${found.length} findings`;
  throw new BreakwaterError(
    'BW1008',
    message,
    only === undefined ? 'Take the digits behind a title of the last report, or scan again.' : 'Give more digits.',
  );
};
