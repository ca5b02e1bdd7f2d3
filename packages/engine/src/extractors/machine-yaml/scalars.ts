/** Scalars and flow collections: `'a'`, `"a"`, `{integrity: sha512-…, tarball: https://…}`, `[x64, arm64]`; over several lines too. */
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Lines } from './lines.ts';
import { DEEPEST, tooDeep, unexpected } from './unexpected.ts';
import type { YamlPair, YamlValue } from './value.ts';
import { YamlMap } from './value.ts';

const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
const COMMA = 0x2c;
const HASH = 0x23;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Anchors, aliases, tags, directives and what YAML reserves: no package manager writes them. */
const SPECIAL = new Set([...'&*!%@`|>'].map((character) => character.charCodeAt(0)));

export const isSpecial = (code: number): boolean => SPECIAL.has(code);
export const isQuote = (code: number): boolean => code === SINGLE || code === DOUBLE;
export const isFlow = (code: number): boolean => code === OPEN_MAP || code === OPEN_LIST;

/** A colon ends a key only before a space or at the end of the line: `https://x` is one word. */
export const isKeyEnd = (lines: Lines, at: number): boolean =>
  lines.text.charCodeAt(at) === COLON && (at + 1 >= lines.end || lines.text.charCodeAt(at + 1) === SPACE);

/** Offset of the quote that ends the text whose inside begins at `from`; -1 when it is not on this line. */
const closingQuote = ({ text, end }: Lines, from: number, quote: number): number => {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH && quote === DOUBLE) at += 1;
    else if (code === quote && quote === SINGLE && at + 1 < end && text.charCodeAt(at + 1) === SINGLE) at += 1;
    else if (code === quote) return at;
  }
  return -1;
};

/** Of the quoted text that begins at the reader's place, as a key must: on its line. */
export const afterQuoted = (lines: Lines): number => closingQuote(lines, lines.at + 1, lines.code()) + 1;

/** The quoted text at the reader's place, which is then behind it. Line breaks in it are spaces. */
export const quoted = (lines: Lines): string => {
  const quote = lines.code();
  const { line } = lines;
  const pieces: string[] = [];
  let from = lines.at + 1;
  for (let close = closingQuote(lines, from, quote); ; close = closingQuote(lines, from, quote)) {
    if (close >= 0) {
      pieces.push(lines.text.slice(from, close));
      lines.enter(close + 1);
      return unescaped(pieces.join(' '), quote, line);
    }
    pieces.push(lines.text.slice(from, lines.end));
    if (!lines.follow()) throw new ManifestError('expected a text that ends with a quote', line);
    from = lines.at;
  }
};

const unescaped = (inner: string, quote: number, line: number): string => {
  if (quote === SINGLE) return inner.includes("''") ? inner.replaceAll("''", "'") : inner;
  if (!inner.includes('\\')) return inner;
  try {
    return String(JSON.parse(`"${inner.replaceAll('\t', ' ')}"`)); // only ever a string literal
  } catch {
    throw new ManifestError('expected a text with valid escapes', line);
  }
};

/** A plain text up to the end of the line or of its place in a flow collection. */
const plain = (lines: Lines, stops: (code: number, at: number) => boolean): string => {
  const { text, at: start, end } = lines;
  if (isSpecial(lines.code())) throw unexpected(lines, 'a plain text');
  let at = start;
  while (at < end && !stops(text.charCodeAt(at), at)) at += 1;
  const value = text.slice(start, at).trimEnd();
  lines.enter(at);
  return value;
};

/** The rest of the line as one scalar, up to a comment. */
export const scalar = (lines: Lines): string => {
  if (isQuote(lines.code())) return quoted(lines);
  const { at: start, text } = lines;
  const value = plain(lines, (code, at) => (code === HASH && text.charCodeAt(at - 1) === SPACE && at > start) || isKeyEnd(lines, at));
  if (lines.code() === COLON) throw unexpected(lines, 'one text on the line');
  if (lines.code() === HASH) lines.end = lines.at;
  return value;
};

const isBracket = (code: number): boolean => code === CLOSE_MAP || code === CLOSE_LIST || isFlow(code);

const flowScalar = (lines: Lines): string =>
  isQuote(lines.code()) ? quoted(lines) : plain(lines, (code, at) => code === COMMA || isBracket(code) || isKeyEnd(lines, at));

/** Past one character, to the next that says something. */
const step = (lines: Lines, characters: number): void => {
  lines.enter(lines.at + characters);
  while (lines.at >= lines.end && !lines.done) lines.advance();
};

/** `{…}` or `[…]`. Throws ManifestError when nested too deep. The reader stays on the line of the last bracket. */
export const flow = (lines: Lines, depth: number): YamlValue => {
  if (depth > DEEPEST) throw tooDeep(lines);
  const isMap = lines.code() === OPEN_MAP;
  const close = isMap ? CLOSE_MAP : CLOSE_LIST;
  const pairs: YamlPair[] = [];
  const items: YamlValue[] = [];
  step(lines, 1);
  while (lines.code() !== close) {
    if (isMap) pairs.push(flowPair(lines, depth));
    else items.push(flowValue(lines, depth));
    step(lines, 0);
    if (lines.code() === COMMA) step(lines, 1);
    else if (lines.code() !== close) throw unexpected(lines, isMap ? ', or }' : ', or ]');
  }
  lines.enter(lines.at + 1);
  return isMap ? new YamlMap(pairs) : items;
};

const flowValue = (lines: Lines, depth: number): YamlValue => {
  if (isFlow(lines.code())) return flow(lines, depth + 1);
  const value = flowScalar(lines);
  if (lines.code() === COLON) throw unexpected(lines, 'one text');
  return value;
};

const flowPair = (lines: Lines, depth: number): YamlPair => {
  const region = { startLine: lines.line, startColumn: lines.column + 1 };
  const key = flowScalar(lines);
  step(lines, 0);
  if (lines.code() !== COLON) throw unexpected(lines, ':');
  step(lines, 1);
  const empty = lines.code() === COMMA || lines.code() === CLOSE_MAP;
  return { key, region, value: empty ? undefined : flowValue(lines, depth) };
};
