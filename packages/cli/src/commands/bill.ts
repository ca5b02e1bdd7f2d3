/** `breakwater sbom` and `breakwater vex`: the bill of materials of a target, and what is known of its flaws. */
import { billOf } from '@breakwater/engine/pipeline/bill';
import { scan } from '@breakwater/engine/pipeline/scan';
import type { Problem } from '@breakwater/model';
import { plural } from '../render/words/index.ts';
import { EXIT } from '../terminal/exit.ts';
import { styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { BillFormat, VexFormat } from './bill-text.ts';
import { billText, vexText } from './bill-text.ts';
import { writeReport } from './formats.ts';
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
    const place = uri === undefined || message.includes(uri) ? '' : `${uri}${line === undefined ? '' : `:${line}`} `;
    process.stderr.write(
      `${incomplete ? style.mark('unknown') : style.paint('dim', '·')} ${style.text(`${place}${message}`)}\n  ${style.text(hint)}\n`,
    );
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
  if (bill.bom.manifests.length === 0 && bill.problems.length === 0) {
    process.stderr.write('There is no lockfile or manifest here: the bill would be empty.\n');
    exit(EXIT.nothing);
    return;
  }
  deliver(await billText(bill, flags.format, undefined, flags.specVersion), flags.output);
  if (flags.output !== undefined)
    process.stderr.write(`${plural(count, 'package')} of ${plural(bill.bom.manifests.length, 'manifest')} in ${flags.output}\n`);
  exit(bill.problems.some(({ incomplete }) => incomplete) ? EXIT.incomplete : EXIT.passed);
};

export const vexAction = async (
  target: string,
  flags: Flags & { readonly format: VexFormat },
  { signal, exit }: Invocation,
): Promise<void> => {
  const options = await scanOptions(targetOf(target), target, { ...flags, only: ['dependencies'] }, signal, () => undefined);
  const run = await scan(options);
  say(run.problems, flags);
  deliver(await vexText(run, flags.format, flags.format === 'cyclonedx' ? await billOf(options) : undefined), flags.output);
  exit(run.outcome === 'nothing' ? EXIT.nothing : run.problems.some(({ incomplete }) => incomplete) ? EXIT.incomplete : EXIT.passed);
};
