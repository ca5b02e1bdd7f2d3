/** Output formats: one to stdout, any number to files. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nearest } from '@breakwater/engine/lib/nearest';
import type { Bill } from '@breakwater/engine/pipeline/bill';
import type { Run } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { UsageError } from '../terminal/exit.ts';
import { billFormat, billText, vexText } from './bill-text.ts';

export const FORMATS = ['pretty', 'json', 'sarif', 'markdown', 'html', 'cyclonedx', 'spdx', 'openvex'] as const;
export type Format = (typeof FORMATS)[number];

export interface Output {
  readonly format: Format;
  /** Absent = stdout. */
  readonly file?: string;
}

/** `sarif=out.sarif`, `json`. Without any: pretty to stdout; with files only, pretty still goes to stdout. Throws UsageError. */
export const parseFormats = (given: readonly string[] | undefined): readonly Output[] => {
  const outputs = (given ?? []).map(parseFormat);
  const toStdout = outputs.filter((output) => output.file === undefined);
  if (toStdout.length > 1)
    throw new UsageError(`only one format can go to stdout, not ${toStdout.map((o) => o.format).join(' and ')}`, [
      ['name a file', '--format sarif=results.sarif'],
    ]);
  return toStdout.length === 0 ? [{ format: 'pretty' }, ...outputs] : outputs;
};

const parseFormat = (text: string): Output => {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) {
    const guess = nearest(name, FORMATS);
    throw new UsageError(`there is no format ${name}`, [
      ...(guess === undefined ? [] : [['did you mean', `--format ${guess}`] as const]),
      ['all formats', FORMATS.join(', ')],
    ]);
  }
  if (rest.length > 0 && file === '')
    throw new UsageError(`--format ${text} names no file`, [['for example', `--format ${name}=report.${name}`]]);
  return file === '' ? { format } : { format, file };
};

/** Reads the bill of materials; only formats that need one call it. */
type BillReader = () => Promise<Bill>;

/**
 * Every format but pretty; loaded when asked for. `file` decides between JSON and XML. Ends with a line feed.
 * `undefined` = the standard has no document for what there is to say: say `nothingStated` then.
 */
export const renderFormat = async (run: Run, { format, file }: Output, bill: BillReader): Promise<string | undefined> => {
  if (format === 'cyclonedx' || format === 'spdx') return billText(await bill(), billFormat(format, file), run);
  if (format === 'openvex') return vexText(run, 'openvex');
  if (format === 'json') return (await import('../render/json/render.ts')).renderJson(run);
  if (format === 'markdown') return (await import('../render/markdown/render.ts')).renderMarkdown(run);
  if (format === 'html') return (await import('../render/html/render.ts')).renderHtml(run);
  const { toSarif } = await import('@breakwater/model/formats/sarif');
  return `${JSON.stringify(toSarif(run), null, 2)}\n`;
};

/** Why no VEX document was written; an older one would be read as today's. */
export const nothingStated = (run: Run, file: string | undefined): string => {
  const whole = run.steps.some(({ id, status }) => id === 'build/dependencies' && status === 'complete');
  const known = whole ? 'No flaw is known' : 'No flaw is known so far, but not every package was looked at';
  const older = file !== undefined && existsSync(resolve(file)) ? `; the ${file} that is there is of an earlier run` : '';
  return `${known}, so there is nothing to state: ${file === undefined ? 'no document' : `${file} is not`} written${older}.\n`;
};

export const writeReport = (file: string, text: string): void => {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new BreakwaterError('BW1004', `the report cannot be written to ${file}`, 'Name a file in a folder you may write to.', { cause });
  }
};
