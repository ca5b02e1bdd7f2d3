/** What `var.x` and `local.x` stand for in one folder: defaults, overridden by its tfvars; locals on demand. */
import type { TerraformValue } from '../facts.ts';
import { evaluate, type Scope, type SourceFile } from './evaluate.ts';
import type { Block, Expression, Step } from './syntax.ts';
import { weight } from './value.ts';

/** In nodes. Two locals that each hold the one before twice would otherwise double forty times. */
const BUDGET = 500_000;
/** Locals that lead to locals; real chains are below ten. */
const MAX_CHAIN = 50;

export interface Definition {
  readonly value: Expression;
  readonly file: SourceFile;
}
export interface Definitions {
  readonly variables: ReadonlyMap<string, Definition>;
  readonly locals: ReadonlyMap<string, Definition>;
}

export const scopeOf = ({ variables, locals }: Definitions): Scope => {
  const known = new Map<string, TerraformValue | undefined>();
  const weights = new WeakMap<TerraformValue, number>();
  let budget = BUDGET;
  let depth = 0;
  const resolve = (key: string, definition: Definition | undefined): TerraformValue | undefined => {
    if (known.has(key) || definition === undefined || depth >= MAX_CHAIN) return known.get(key);
    known.set(key, undefined); // a local that leads to itself is not known
    depth += 1;
    known.set(key, evaluate(definition.value, definition.file, scope));
    depth -= 1;
    return known.get(key);
  };
  const scope: Scope = {
    find(root, steps) {
      const name = nameOf(steps[0]);
      if (name === undefined || (root !== 'var' && root !== 'local')) return undefined;
      const value = resolve(`${root}.${name}`, (root === 'var' ? variables : locals).get(name));
      return value === undefined ? undefined : { value, used: 1 };
    },
    afford(value) {
      const nodes = weights.get(value) ?? weight(value);
      weights.set(value, nodes);
      return scope.spend(nodes);
    },
    spend(nodes) {
      if (nodes > budget) return false;
      budget -= nodes;
      return true;
    },
  };
  return scope;
};

/** `outer` with the key and value of one pass of a dynamic block; without them the iterator stays a reference. */
export const withIterator = (
  outer: Scope,
  iterator: string,
  pass: { readonly key: TerraformValue; readonly value: TerraformValue },
): Scope => ({
  find(root, steps) {
    const name = nameOf(steps[0]);
    if (root !== iterator) return outer.find(root, steps);
    return name === 'key' || name === 'value' ? { value: pass[name], used: 1 } : undefined;
  },
  afford: (value) => outer.afford(value),
  spend: (weight) => outer.spend(weight),
});

const nameOf = (step: Step | undefined): string | undefined => (step !== undefined && 'name' in step ? step.name : undefined);

/** Blocks of all files of a folder → variables with a default, and locals. */
export const definitionsOf = (blocks: readonly { readonly block: Block; readonly file: SourceFile }[]): Definitions => {
  const variables = new Map<string, Definition>();
  const locals = new Map<string, Definition>();
  for (const { block, file } of blocks) {
    if (block.type === 'locals') for (const { name, value } of block.attributes) locals.set(name, { value, file });
    const fallback = block.type === 'variable' ? block.attributes.find((attribute) => attribute.name === 'default') : undefined;
    if (fallback !== undefined) variables.set(block.labels[0] ?? '', { value: fallback.value, file });
  }
  return { variables, locals };
};
