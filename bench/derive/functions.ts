/** Functions of a release with what each calls by name: a rough call graph, for measuring only. */
import type { Release } from '../../packages/engine/src/advisories/derive/scope.ts';
import { functionsOf } from '../../packages/engine/src/javascript/functions/functions.ts';
import { memberName } from '../../packages/engine/src/javascript/syntax/builtin.ts';
import { isFunction, isType, nameOf, namesOf } from '../../packages/engine/src/javascript/syntax/scope.ts';
import type { Node } from '../../packages/engine/src/javascript/syntax/syntax.ts';
import { parseModule, walk } from '../../packages/engine/src/javascript/syntax/syntax.ts';

export interface Known {
  readonly file: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Names called or handed on in its own body, and functions inside it. */
  readonly calls: Set<string>;
  readonly outer: string | undefined;
}

export const lastPart = (name: string): string => {
  const last = name.slice(name.lastIndexOf('>') + 1).replace(/~\d+$/, '');
  return last.slice(last.lastIndexOf('.') + 1).replace(/^(?:get|set) /, '');
};

const MAX = 3_000_000;

export const functionsIn = (file: string, text: string): readonly Known[] => {
  const parsed = text.length > MAX ? undefined : parseModule(text, file);
  if (!parsed?.ok) return [];
  const functions = functionsOf(namesOf(parsed.program));
  const byNode = new Map<Node, Known>();
  for (const { node, name, outer } of functions) {
    byNode.set(node, { file, name, start: node.start, end: node.end, calls: new Set(), outer: outer?.name });
  }
  const open: Node[] = [];
  walk(
    parsed.program,
    (node, parent) => {
      if (isType(node)) return false;
      const around = open.at(-1);
      const calls = around === undefined ? undefined : byNode.get(around)?.calls;
      if (isFunction(node)) {
        calls?.add(`=${byNode.get(node)?.name}`);
        open.push(node);
      } else if (node.type === 'CallExpression' || node.type === 'NewExpression') {
        calls?.add(memberName(node.callee) ?? nameOf(node.callee));
      } else if (node.type === 'Identifier' && (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')) {
        calls?.add(node.name);
      }
      return true;
    },
    (node) => {
      if (isFunction(node)) open.pop();
    },
  );
  return [...byNode.values()];
};

export const functionsOfRelease = (release: Release): readonly Known[] =>
  [...release.files]
    .filter(([file]) => /\.[cm]?[jt]sx?$/.test(file) && !/(?:^|\/)(?:node_modules|tests?|docs?)\/|[.-]min\.js$/.test(file))
    .flatMap(([file, text]) => functionsIn(file, text));

export type Key = string;
export const keyOf = ({ file, name }: Pick<Known, 'file' | 'name'>): Key => `${file}\n${name}`;

/** Calls both ways, by key. */
export const graphOf = (
  functions: readonly Known[],
): { readonly to: ReadonlyMap<Key, ReadonlySet<Key>>; readonly from: ReadonlyMap<Key, ReadonlySet<Key>> } => {
  const byName = new Map<string, Known[]>();
  for (const one of functions) byName.set(lastPart(one.name), [...(byName.get(lastPart(one.name)) ?? []), one]);
  const to = new Map<Key, Set<Key>>();
  const from = new Map<Key, Set<Key>>();
  const link = (caller: Key, called: Key): void => {
    to.set(caller, (to.get(caller) ?? new Set()).add(called));
    from.set(called, (from.get(called) ?? new Set()).add(caller));
  };
  for (const one of functions) {
    for (const call of one.calls) {
      if (call.startsWith('=')) link(keyOf(one), keyOf({ file: one.file, name: call.slice(1) }));
      for (const target of byName.get(call) ?? []) link(keyOf(one), keyOf(target));
    }
  }
  return { to, from };
};

/** Steps from `start` to one of `goals` along the calls, or against them; undefined = more than `most`. */
export const stepsTo = (graph: ReturnType<typeof graphOf>, start: Key, goals: ReadonlySet<Key>, most: number): number | undefined => {
  for (let steps = 0; steps <= most; steps += 1) {
    for (const edges of [graph.to, graph.from]) {
      if ([...within(edges, start, steps)].some((key) => goals.has(key))) return steps;
    }
  }
  return undefined;
};

const within = (edges: ReadonlyMap<Key, ReadonlySet<Key>>, start: Key, steps: number): ReadonlySet<Key> => {
  let frontier = new Set([start]);
  const all = new Set([start]);
  for (let step = 0; step < steps; step += 1) {
    const next = new Set([...frontier].flatMap((key) => [...(edges.get(key) ?? [])]).filter((key) => !all.has(key)));
    for (const key of next) all.add(key);
    frontier = next;
  }
  return all;
};
