/** Reads TOML and finds the lines of its `[[package]]` blocks, which the parser does not tell. */
import { parse, TomlError } from 'smol-toml';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Table } from './fields.ts';
import { tableOf, textAt } from './fields.ts';

const MERGE = /^(?:<{7}|={7}|>{7})/;

/** Throws ManifestError. The message never holds a line of the file: it may hold the password of an index. */
export const readToml = (text: string): Table => {
  try {
    return tableOf(parse(text.startsWith('\uFEFF') ? text.slice(1) : text, { integersAsBigInt: 'asNeeded', maxDepth: 64 }));
  } catch (error) {
    throw new ManifestError(...reasonOf(text, error));
  }
};

const reasonOf = (text: string, error: unknown): readonly [string, number] => {
  if (!(error instanceof TomlError)) return ['expected TOML', 1];
  const line = text.split('\n', error.line)[error.line - 1] ?? '';
  return [MERGE.test(line) ? 'an unresolved merge' : 'expected TOML', error.line];
};

/** A header of a list of tables on its own line, as every one of these tools writes it. */
const HEADER = /^[ \t]*\[\[([^\]]{1,100})\]\]/;
/** How far behind a header its name may stand, and how many headers that are none may come in between. */
const NEAR = 12;
const SKIPPED = 16;

interface Header {
  /** 1-based line of the header, and of the name. */
  readonly line: number;
  readonly name: string | undefined;
}

const NAME = /^[ \t]*name[ \t]*=[ \t]*["']([^"']{1,300})["']/;

const nameAfter = (lines: readonly string[], at: number): Header => {
  for (let next = at + 1; next < Math.min(lines.length, at + NEAR); next += 1) {
    const line = lines[next] ?? '';
    const name = NAME.exec(line)?.[1];
    if (name !== undefined) return { line: next + 1, name };
    if (HEADER.test(line)) break;
  }
  return { line: at + 1, name: undefined };
};

const headersOf = (text: string, header: string): readonly Header[] => {
  const lines = text.split('\n');
  const found: Header[] = [];
  for (const [at, line] of lines.entries()) {
    if (HEADER.exec(line)?.[1]?.trim() === header) found.push(nameAfter(lines, at));
  }
  return found;
};

/**
 * The 1-based line of each block's name, in their order. A block whose line is not certain (a header inside a
 * text, a name written in an uncommon way) has line 1. Linear: headers are passed once.
 */
export const linesOf = (text: string, header: string, blocks: readonly unknown[]): readonly number[] => {
  const headers = headersOf(text, header);
  let next = 0;
  return blocks.map((block) => {
    const name = textAt(block, 'name');
    for (let at = next; at < Math.min(headers.length, next + SKIPPED); at += 1) {
      const found = headers[at];
      if (found === undefined || name === undefined || found.name !== name) continue;
      next = at + 1;
      return found.line;
    }
    return 1;
  });
};
