/** Text → syntax tree, and a walk over it that needs no stack of ours: a hostile file may be as deep as it likes. */
import type { Node, ParserOptions, Program } from 'oxc-parser';
import { parseSync, visitorKeys } from 'oxc-parser';
import { nestsTooDeep } from './nesting.ts';

export type { Node } from 'oxc-parser';

/** `error` is one clause for the user. */
export type Parsed = { readonly ok: true; readonly program: Program } | { readonly ok: false; readonly error: string };

export const parseModule = (text: string, uri: string): Parsed => {
  if (nestsTooDeep(text)) return { ok: false, error: 'nests too deep to be read' };
  let error = 'does not parse';
  for (const options of ways(uri, text)) {
    const result = parseSync('module', text, { ...options, preserveParens: false });
    const problem = result.errors.find((item) => String(item.severity) === 'Error');
    if (problem === undefined) return { ok: true, program: result.program };
    error = `does not parse: ${problem.message.split('\n')[0]}`;
  }
  return { ok: false, error };
};

/** What the extension says first; then what else people write into such files (JSX or types in .js, `return` at the top). */
const ways = (uri: string, text: string): readonly ParserOptions[] => {
  const extension = uri.slice(uri.lastIndexOf('.') + 1).toLowerCase();
  if (/^[cm]?ts$/.test(extension)) return [{ lang: 'ts' }, { lang: 'ts', sourceType: 'commonjs' }];
  if (extension === 'tsx') return [{ lang: 'tsx' }];
  const lang = extension === 'jsx' ? 'jsx' : 'js';
  const asModule: ParserOptions = { lang, sourceType: 'module' };
  const asScript: ParserOptions = { lang, sourceType: 'commonjs' };
  const module = extension === 'mjs' || (extension !== 'cjs' && /^\s*(?:import|export)\b/m.test(text));
  const first = module ? [asModule, asScript] : [asScript, asModule];
  return [...first, { lang: 'jsx', sourceType: 'module' }, { lang: 'jsx', sourceType: 'commonjs' }, { lang: 'tsx' }];
};

export const childrenOf = (node: Node): readonly Node[] => {
  const found: Node[] = [];
  // the keys of each type are the parser's own list of fields that hold nodes, arrays of nodes, or null
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>;
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key];
    if (Array.isArray(value)) for (const item of value) item && found.push(item);
    else if (value) found.push(value as Node); // not an array, not empty: a node
  }
  return found;
};

/** Depth first, in source order; `enter` may return false to skip what is inside; `leave` is called for what was entered. */
export const walk = (
  root: Node,
  enter: (node: Node, parent: Node | undefined) => boolean | undefined,
  leave?: (node: Node) => void,
): void => {
  const pending: { readonly node: Node; readonly parent: Node | undefined; readonly done: boolean }[] = [
    { node: root, parent: undefined, done: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, parent, done } = next;
    if (done) leave?.(node);
    else if (enter(node, parent) !== false) {
      if (leave !== undefined) pending.push({ node, parent, done: true });
      const children = childrenOf(node);
      for (let at = children.length - 1; at >= 0; at -= 1) {
        const child = children[at];
        if (child !== undefined) pending.push({ node: child, parent: node, done: false });
      }
    }
  }
};
