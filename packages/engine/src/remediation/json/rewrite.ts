/** A new value in an old text: what did not change keeps every byte, what did is written in the text's own style. */
import type { Member, Node } from './locate.ts';
import { locate } from './locate.ts';
import type { Json, JsonObject } from './plain.ts';
import { isObject, member, same } from './plain.ts';

interface Style {
  readonly indent: string;
  readonly newline: string;
}

/** Throws BW6010 when the text is not JSON. The result parses to `next`. */
export const rewrite = (text: string, next: Json): string => {
  const root = locate(text);
  const old: Json = JSON.parse(text.slice(root.start, root.end));
  return text.slice(0, root.start) + render(text, root, old, next, styleOf(text), 0) + text.slice(root.end);
};

/** The indentation of the first indented line; two spaces when there is none. */
const styleOf = (text: string): Style => ({
  indent: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ',
  newline: text.includes('\r\n') ? '\r\n' : '\n',
});

const render = (text: string, node: Node, old: Json | undefined, next: Json, style: Style, depth: number): string => {
  if (same(old, next)) return text.slice(node.start, node.end);
  if (node.kind !== 'object' || !isObject(next) || !isObject(old)) return fresh(next, style, depth);
  return members(text, node, old, next, style, depth);
};

const members = (text: string, node: Node & { kind: 'object' }, old: JsonObject, next: JsonObject, style: Style, depth: number): string => {
  const names = Object.keys(next);
  if (names.length === 0 || node.members.size === 0) return fresh(next, style, depth);
  const [first] = node.members.values();
  const last = [...node.members.values()].at(-1);
  const open = text.slice(node.start, first?.key.start);
  const between = node.members.size > 1 ? gap(text, [...node.members.values()]) : `,${open.slice(1)}`;
  const parts = names.map((name) => {
    const known = node.members.get(name);
    const value = next[name] ?? null;
    if (known === undefined) return `${JSON.stringify(name)}: ${fresh(value, style, depth + 1)}`;
    const head = text.slice(known.key.start, known.value.start);
    return head + render(text, known.value, member(old, name), value, style, depth + 1);
  });
  return open + parts.join(between) + text.slice(last?.value.end, node.end);
};

/** What stands between the first two members: the comma with its line break. */
const gap = (text: string, [a, b]: readonly Member[]): string => text.slice(a?.value.end, b?.key.start);

const fresh = (value: Json, style: Style, depth: number): string =>
  JSON.stringify(value, null, style.indent)
    .split('\n')
    .join(style.newline + style.indent.repeat(depth));
