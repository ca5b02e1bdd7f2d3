/** `breakwater evidence verify|log`: is the log whole, and what is in it. */
import { readFileSync } from 'node:fs';
import { parseExpectation } from '@breakwater/engine/evidence/expectation';
import { type VerifyReport, verifyLedger } from '@breakwater/engine/evidence/verify';
import { listRecords } from '@breakwater/engine/pipeline/evidence-log';
import { evidenceFolder } from '@breakwater/engine/pipeline/record';
import { BreakwaterError } from '@breakwater/model';
import { instantText, lastWord, plural } from '../render/words/index.ts';
import { EXIT, UsageError } from '../terminal/exit.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { Invocation } from './invocation.ts';
import { folderOf } from './target.ts';

interface Flags {
  readonly key?: string;
  readonly expect?: string;
  readonly color: boolean;
}

const styleFor = (flags: Flags): Style => styleOf(terminalOf(process.stdout, process.env, !flags.color));
const write = (line: string): void => void process.stdout.write(`${line}\n`);

export const verifyAction = async (target: string, flags: Flags, { exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const expect = flags.expect === undefined ? undefined : parseExpectation(flags.expect);
  if (expect !== undefined && !expect.ok) throw new UsageError(`--expect: ${expect.error}`, []);
  const report = await verifyLedger(evidenceFolder(folderOf(target)), {
    ...(flags.key !== undefined && { publicKey: readKey(flags.key) }),
    ...(expect?.ok && { expect: expect.value }),
  });
  for (const line of report.ok ? whole(report, style) : broken(report, style)) write(line);
  exit(report.ok ? EXIT.passed : EXIT.blocked);
};

const whole = (report: VerifyReport, style: Style): readonly string[] => [
  `${style.mark('ok')} ${style.paint('ok', 'whole:')} ${style.text(`${plural(report.records, 'record')}, chained and signed`)}`,
  ...(report.last === undefined ? [] : [`  ${style.paint('dim', `last ${report.last}`)}`]),
  ...(report.pinned
    ? []
    : [`  ${style.paint('dim', 'checked with the key beside the log: --key proves whose it is, --expect that nothing was cut off')}`]),
];

const broken = (report: VerifyReport, style: Style): readonly string[] => [
  ...report.problems.map(
    ({ line, code, message }) => `${style.mark('act')} ${style.text(`${code} ${line > 0 ? `line ${line}: ` : ''}${message}`)}`,
  ),
  ...(report.more > 0 ? [`  ${style.text(`and ${plural(report.more, 'more problem')}`)}`] : []),
  `${style.mark('act')} ${style.paint('act', 'not whole:')} ${style.text(plural(report.problems.length + report.more, 'problem'))}`,
];

const readKey = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BreakwaterError('BW1005', `the key ${file} cannot be read`, 'Name a PEM file with the public key.', { cause });
  }
};

export const logAction = async (target: string, flags: Flags, { exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const records = await listRecords(folderOf(target));
  for (const { number, type, at, summary } of records)
    write(
      `${String(number).padStart(5)}  ${style.text(`${instantText(at)}  ${lastWord(type.replace(/\/v[\d.]+$/, '')).padEnd(9)} ${summary}`)}`,
    );
  if (records.length === 0) write(style.text('no records yet: breakwater scan makes the first'));
  exit(EXIT.passed);
};
