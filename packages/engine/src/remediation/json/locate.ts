/** Where each value of a JSON text stands, so that one value can be replaced and every other byte kept. */
import { BreakwaterError } from '@breakwater/model';

/** `start` inclusive, `end` exclusive, in UTF-16 code units of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Node =
  | (Span & { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> })
  | (Span & { readonly kind: 'other' });

/** `key` starts at the opening quote of the name. */
export interface Member {
  readonly key: Span;
  readonly value: Node;
}

const DEEPEST = 200;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[-+.\w]+/y;

/** Throws BW6010 for text that is not JSON, has a name twice in one object, or is nested deeper than 200. */
export const locate = (text: string): Node => {
  const root = value(text, skip(text, text.charCodeAt(0) === 0xfeff ? 1 : 0), 0);
  if (skip(text, root.end) !== text.length) fail(text, root.end, 'more text after the value');
  return root;
};

const value = (text: string, at: number, depth: number): Node => {
  if (depth > DEEPEST) fail(text, at, 'nested too deep');
  const first = text[at];
  if (first === '{') return object(text, at, depth);
  if (first === '[') return { kind: 'other', start: at, end: arrayEnd(text, at, depth) };
  return { kind: 'other', start: at, end: match(first === '"' ? STRING : SCALAR, text, at) };
};

const object = (text: string, start: number, depth: number): Node => {
  const members = new Map<string, Member>();
  let at = skip(text, start + 1);
  while (text[at] !== '}') {
    if (members.size > 0) at = skip(text, expect(text, at, ','));
    const end = match(STRING, text, at);
    const name = nameOf(text, at, end);
    if (members.has(name)) fail(text, at, `the name ${JSON.stringify(name)} stands twice`);
    const found = value(text, skip(text, expect(text, skip(text, end), ':')), depth + 1);
    members.set(name, { key: { start: at, end }, value: found });
    at = skip(text, found.end);
  }
  return { kind: 'object', start, end: at + 1, members };
};

const arrayEnd = (text: string, start: number, depth: number): number => {
  let at = skip(text, start + 1);
  for (let count = 0; text[at] !== ']'; count += 1) {
    if (count > 0) at = skip(text, expect(text, at, ','));
    at = skip(text, value(text, at, depth + 1).end);
  }
  return at + 1;
};

const nameOf = (text: string, start: number, end: number): string => {
  const name: unknown = JSON.parse(text.slice(start, end));
  return typeof name === 'string' ? name : fail(text, start, 'expected a name');
};

const skip = (text: string, at: number): number => match(SPACE, text, at);

const match = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : fail(text, at, 'unexpected text');
};

const expect = (text: string, at: number, mark: string): number => (text[at] === mark ? at + 1 : fail(text, at, `expected ${mark}`));

const fail = (text: string, at: number, what: string): never => {
  const line = text.slice(0, at).split('\n').length;
  throw new BreakwaterError('BW6010', `line ${line}: ${what}`, 'Repair the JSON, then run the command again.');
};
