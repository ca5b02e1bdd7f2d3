/** `breakwater sbom` and `breakwater vex`: the bill of materials of a target, and what is known of its flaws. */
import { billOf } from '@breakwater/engine/pipeline/bill';
import { scan } from '@breakwater/engine/pipeline/scan';
import type { Problem } from '@breakwater/model';
import { plural } from '../render/words/index.ts';
import { EXIT } from '../terminal/exit.ts';
import { styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { BillFormat, VexFormat } from './bill-text.ts';
import { billFormat, billText, vexText } from './bill-text.ts';
import { nothingStated, writeReport } from './formats.ts';
import type { Invocation } from './invocation.ts';
import { scanOptions } from './scan.ts';
import { targetOf } from './target.ts';

interface Flags {
  readonly output?: string;
  readonly advisories?: string;
  readonly vex?: readonly string[];
  readonly offline?: boolean;
  readonly timeout: number;
  readonly color: boolean;
}

const deliver = (text: string, output: string | undefined): void => {
  if (output === undefined) process.stdout.write(text);
  else writeReport(output, text);
};

/** To stderr, so that a document on stdout stays one. */
const say = (problems: readonly Problem[], flags: Flags): void => {
  const style = styleOf(terminalOf(process.stderr, process.env, !flags.color));
  for (const { uri, line, message, hint, incomplete } of problems) {
    const place = uri === undefined ? '' : `${uri}${line === undefined ? '' : `:${line}`}`;
    // many messages name the file themselves
    const text = uri !== undefined && message.includes(uri) ? message.replace(uri, () => place) : `${place} ${message}`.trimStart();
    process.stderr.write(`${incomplete ? style.mark('unknown') : style.paint('dim', '·')} ${style.text(text)}\n  ${style.text(hint)}\n`);
  }
};

export const sbomAction = async (
  target: string,
  flags: Flags & { readonly format: BillFormat; readonly specVersion: '1.5' | '1.6' },
  { signal, exit }: Invocation,
): Promise<void> => {
  const bill = await billOf(await scanOptions(targetOf(target), target, flags, signal, () => undefined));
  const count = bill.bom.manifests.reduce((sum, { components }) => sum + components.length, 0);
  say(bill.problems, flags);
  const whole = !bill.problems.some(({ incomplete }) => incomplete);
  if (bill.bom.manifests.length === 0) {
    // an empty bill would say that there are no packages
    process.stderr.write(
      whole ? 'There is no lockfile or manifest here: the bill would be empty.\n' : 'Nothing could be read: no bill is written.\n',
    );
    exit(whole ? EXIT.nothing : EXIT.incomplete);
    return;
  }
  const format = flags.format === 'cyclonedx' ? billFormat(flags.format, flags.output) : flags.format;
  deliver(await billText(bill, format, undefined, flags.specVersion), flags.output);
  if (flags.output !== undefined)
    process.stderr.write(`${plural(count, 'package')} of ${plural(bill.bom.manifests.length, 'manifest')} in ${flags.output}\n`);
  if (!whole) process.stderr.write('The bill holds what could be read: it is not the whole.\n');
  exit(whole ? EXIT.passed : EXIT.incomplete);
};

export const vexAction = async (
  target: string,
  flags: Flags & { readonly format: VexFormat },
  { signal, exit }: Invocation,
): Promise<void> => {
  const options = await scanOptions(targetOf(target), target, { ...flags, only: ['dependencies'] }, signal, () => undefined);
  const run = await scan(options);
  say(run.problems, flags);
  if (run.outcome === 'nothing') {
    process.stderr.write('There is no code, lockfile or manifest here: nothing can be stated.\n');
    exit(EXIT.nothing);
    return;
  }
  const text = await vexText(run, flags.format, { bill: () => billOf(options), file: flags.output });
  if (text === undefined) process.stderr.write(nothingStated(run, flags.output));
  else deliver(text, flags.output);
  exit(run.problems.some(({ incomplete }) => incomplete) ? EXIT.incomplete : EXIT.passed);
};
