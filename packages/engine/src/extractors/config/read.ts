/** breakwater.yaml: read with positions, so that a mistake is shown at its line with what to write instead. */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@breakwater/model';
import { BreakwaterError, configSchema } from '@breakwater/model';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYamlText } from '../yaml/bounded.ts';
import { frame } from './frame.ts';

export const CONFIG_FILE = 'breakwater.yaml';
const MAX_BYTES = 1024 * 1024;

/** `{}` when there is no file. Throws BW2001 (unreadable), BW2002 (no YAML), BW2003 (not as the schema says). */
export const readConfig = async (root: string): Promise<Config> => {
  const text = await textOf(join(root, CONFIG_FILE), CONFIG_FILE);
  return text === undefined ? {} : parseConfig(text);
};

/** A file that the user named: it must be there. `shown` is its name in messages. */
export const readConfigFile = async (path: string, shown: string): Promise<Config> => {
  const text = await textOf(path, shown);
  if (text === undefined) throw new BreakwaterError('BW2001', `there is no file ${shown}`, 'Name a file in the form of breakwater.yaml.');
  return parseConfig(text, shown);
};

const textOf = async (path: string, shown: string): Promise<string | undefined> => {
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size > MAX_BYTES) throw new Error('not a regular file of at most 1 MB');
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs errors carry a code
    throw new BreakwaterError('BW2001', `${shown} cannot be read`, 'Make it a readable file of at most 1 MB.', { cause });
  }
};

/** The library composes by recursion and quotes the line of each fault: a file of brackets would end the process, one of faults take minutes. */
const refuseEndless = (text: string, shown: string): void => {
  try {
    readYamlText(text);
  } catch (cause) {
    if (!(cause instanceof ManifestError)) throw cause;
    throw new BreakwaterError(
      'BW2002',
      `${shown} is not YAML that can be used: ${cause.message}`,
      'Write what the schema names, no more.',
      {
        cause,
      },
    );
  }
};

export const parseConfig = (text: string, shown = CONFIG_FILE): Config => {
  refuseEndless(text, shown);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, maxAliasCount: 100, prettyErrors: false } as object);
  const broken = document.errors[0];
  if (broken !== undefined) {
    const at = lines.linePos(broken.pos[0]);
    throw new BreakwaterError(
      'BW2002',
      `${shown}:${at.line}:${at.col} is not YAML: ${broken.message.split('\n')[0] ?? ''}`,
      frame(text, at.line, at.col, 'correct this line'),
    );
  }
  const parsed = configSchema.safeParse(plain(document, shown) ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw mistake(text, issue, `${shown}:`, positionOf(document, lines, issue));
};

/** An alias without an anchor, or aliases that multiply beyond the bound, show only when values are built. */
const plain = (document: Document, shown: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'it cannot be read';
    throw new BreakwaterError('BW2002', `${shown} is not YAML that can be used: ${why}`, 'Write the value out in place of the alias.', {
      cause,
    });
  }
};

type Issue = z.core.$ZodIssue | undefined;
type Document = ReturnType<typeof parseDocument>;

/** The nearest node that exists on the way to the issue. */
const positionOf = (document: Document, lines: LineCounter, issue: Issue): { line: number; col: number } => {
  const path = [...(issue?.path ?? [])] as (string | number)[]; // zod paths of YAML are keys and indexes
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown !== undefined) path.push(unknown);
  for (let length = path.length; length > 0; length -= 1) {
    const range = nodeAt(document, path.slice(0, length));
    if (range !== undefined) return lines.linePos(range);
  }
  return { line: 1, col: 1 };
};

const nodeAt = (document: Document, path: readonly (string | number)[]): number | undefined => {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const last = path[path.length - 1];
  const pairs = (parent as { items?: readonly { key?: { value?: unknown; range?: readonly number[] } }[] } | undefined)?.items; // a yaml map's shape
  const key = typeof last === 'string' ? pairs?.find((pair) => pair.key?.value === last)?.key : undefined;
  if (key?.range !== undefined) return key.range[0];
  const node = document.getIn([...path], true) as { range?: readonly number[] } | undefined; // keepScalar returns nodes
  return node?.range?.[0];
};

const mistake = (text: string, issue: Issue, file: string, at: { line: number; col: number }): BreakwaterError => {
  const field = issue?.path.map(String).join('.') ?? '';
  const missing = issue?.code === 'invalid_type' && issue.message.includes('undefined');
  const place = `${file}${at.line}:${at.col}`;
  const last = field.split('.').pop() ?? '';
  if (missing && last === 'expires') {
    return new BreakwaterError(
      'BW2007',
      `${place} the exception has no expiry`,
      frame(text, at.line, at.col, 'add  expires: YYYY-MM-DD  (90 days is the longest allowed)'),
    );
  }
  const what = missing
    ? `${field} is missing`
    : issue?.code === 'unrecognized_keys'
      ? `there is no setting ${issue.keys.join(', ')} in ${field || 'the file'}`
      : `${field}: ${issue?.message ?? 'is not valid'}`;
  return new BreakwaterError('BW2003', `${place} ${what}`, frame(text, at.line, at.col, 'correct this'));
};
