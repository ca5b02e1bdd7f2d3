/** The syntax of yarn.lock version 1: headers of patterns, fields two spaces in, dependencies four spaces in. One pass. */
import { ManifestError } from '../dependencies/manifest-error.ts';

export interface ClassicBlock {
  readonly patterns: readonly string[];
  /** 1-based, of the header. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  /** `dependencies`, `optionalDependencies`, … → name → range. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

interface Draft {
  readonly patterns: readonly string[];
  readonly line: number;
  readonly fields: Map<string, string>;
  readonly lists: Map<string, Map<string, string>>;
  list: Map<string, string> | undefined;
}

const MAX_BLOCKS = 200_000;
const CONFLICT = /^(?:<<<<<<<|=======|>>>>>>>)/;

const error = (content: string, line: number): ManifestError => {
  if (CONFLICT.test(content)) return new ManifestError('an unresolved merge', line);
  return new ManifestError(`expected a yarn.lock of version 1, found ${content.slice(0, 12).replace(/[^\x20-\x7e]/g, '?')}`, line);
};

/** Offset behind the closing quote; -1 when there is none. */
const afterQuote = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
};

const unquoted = (token: string, line: number): string => {
  if (!token.startsWith('"')) return token;
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return String(JSON.parse(token)); // only ever a string literal
  } catch {
    throw error(token, line);
  }
};

/** The word at `start`, which ends before a character of `stops`. */
const wordAt = (text: string, start: number, stops: string, line: number): { readonly word: string; readonly next: number } => {
  let next = start;
  if (text[start] === '"') next = afterQuote(text, start);
  else while (next < text.length && !stops.includes(text.charAt(next))) next += 1;
  if (next <= start) throw error(text, line);
  return { word: unquoted(text.slice(start, next), line), next };
};

/** `"@a/b@^1", c@^2:` */
const patternsOf = (header: string, line: number): readonly string[] => {
  if (!header.endsWith(':')) throw error(header, line);
  const list = header.slice(0, -1);
  const patterns: string[] = [];
  for (let at = 0; ; ) {
    const { word, next } = wordAt(list, at, ',', line);
    patterns.push(word.trim());
    if (next === list.length) return patterns;
    if (list[next] !== ',') throw error(header, line);
    at = next + 1;
    while (list[at] === ' ') at += 1;
  }
};

/** `version "1.0.0"`; the value may have no quotes. */
const pairOf = (content: string, line: number): readonly [string, string] => {
  const { word, next } = wordAt(content, 0, ' ', line);
  const value = content.slice(next).trim();
  if (value === '') throw error(content, line);
  return [word, value.startsWith('"') ? wordAt(value, 0, '', line).word : value];
};

const takeField = (draft: Draft, content: string, line: number): void => {
  if (content.endsWith(':') && !content.includes(' ')) {
    draft.list = new Map();
    draft.lists.set(unquoted(content.slice(0, -1), line), draft.list);
    return;
  }
  draft.list = undefined;
  draft.fields.set(...pairOf(content, line));
};

const indentOf = (text: string, start: number, end: number): number => {
  let at = start;
  while (at < end && text[at] === ' ') at += 1;
  return at - start;
};

class ClassicReader {
  readonly blocks: Draft[] = [];

  take(content: string, indent: number, line: number): void {
    const draft = this.blocks.at(-1);
    if (indent === 0) {
      if (this.blocks.length >= MAX_BLOCKS) throw new ManifestError(`expected no more than ${MAX_BLOCKS} packages`, line);
      this.blocks.push({ patterns: patternsOf(content, line), line, fields: new Map(), lists: new Map(), list: undefined });
    } else if (draft === undefined) throw error(content, line);
    else if (indent <= 2) takeField(draft, content, line);
    else if (draft.list !== undefined) draft.list.set(...pairOf(content, line));
    else throw error(content, line);
  }
}

/** In file order. Throws ManifestError for a line that is none of the format's. */
export const readClassic = (text: string): readonly ClassicBlock[] => {
  const reader = new ClassicReader();
  let line = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const indent = indentOf(text, start, end);
    const content = text.slice(start + indent, end).trimEnd();
    line += 1;
    start = end + 1;
    if (content !== '' && !content.startsWith('#')) reader.take(content, indent, line);
  }
  return reader.blocks;
};
