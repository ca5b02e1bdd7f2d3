/** Expression → value: known parts are filled in, everything else stays a reference or unknown, with its text. Never guessed. */
import type { Region } from '@breakwater/model';
import type { TerraformValue } from '../facts.ts';
import { callFunction } from './functions.ts';
import { operate } from './operators.ts';
import type { Expression, Span, Step, TemplatePart } from './syntax.ts';
import { follow, moved } from './value.ts';

/** A longer text is cut: it is there to be shown and matched, not to be run. */
const MAX_TEXT = 64 * 1024;

export interface Scope {
  /** The value that `var.x`, `local.x` or a loop variable stands for, with the number of steps used up; `undefined` = not known here. */
  find(root: string, steps: readonly Step[]): { readonly value: TerraformValue; readonly used: number } | undefined;
  /** Asks to copy the value; false when it is too heavy or the folder's budget is spent (locals that double one another). */
  afford(value: TerraformValue): boolean;
  /** The same for work of a known weight, in nodes. */
  spend(weight: number): boolean;
}
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly region: (start: number, end: number) => Required<Region>;
}

export const evaluate = (expression: Expression, file: SourceFile, scope: Scope): TerraformValue => {
  const region = regionOf(expression.span, file);
  const value = (inner: Expression): TerraformValue => evaluate(inner, file, scope);
  switch (expression.kind) {
    case 'literal':
      return { kind: 'literal', value: expression.value, region };
    case 'list':
      return { kind: 'list', items: expression.items.map(value), region };
    case 'object':
      return objectOf(expression, file, scope);
    case 'template':
      return templateOf(expression.parts, file, scope, region);
    case 'traversal':
      return referenceOf(expression.root, expression.steps, textOf(expression.span, file), scope, region);
    case 'call':
      return callFunction(expression.name, expression.arguments.map(value), region) ?? unknown(expression, file);
    case 'conditional':
      return conditionalOf(expression, file, scope);
    case 'operation': {
      const result = operate(expression.operator, expression.operands.map(value));
      return result === undefined ? unknown(expression, file) : { kind: 'literal', value: result, region };
    }
    case 'other':
      return unknown(expression, file);
  }
};

const regionOf = (span: Span, file: SourceFile): Region => file.region(span.start, span.end);
const textOf = (span: Span, file: SourceFile): string => file.text.slice(span.start, Math.min(span.end, span.start + MAX_TEXT));
const unknown = ({ span }: { readonly span: Span }, file: SourceFile): TerraformValue => ({
  kind: 'unknown',
  expression: textOf(span, file),
  region: regionOf(span, file),
});

const conditionalOf = (expression: Extract<Expression, { kind: 'conditional' }>, file: SourceFile, scope: Scope): TerraformValue => {
  const test = evaluate(expression.test, file, scope);
  if (test.kind !== 'literal' || typeof test.value !== 'boolean') return unknown(expression, file);
  return evaluate(test.value ? expression.yes : expression.no, file, scope);
};

const objectOf = (expression: Extract<Expression, { kind: 'object' }>, file: SourceFile, scope: Scope): TerraformValue => {
  const entries: Record<string, TerraformValue> = Object.create(null); // keys are the repository's: no prototype to hit
  for (const entry of expression.entries) {
    const key = keyOf(entry.key, file, scope);
    if (key === undefined) return unknown(expression, file); // an unknown key may be any key
    entries[key] = evaluate(entry.value, file, scope);
  }
  return { kind: 'object', entries, region: regionOf(expression.span, file) };
};

/** A bare word is its own name; in parentheses it is an expression. */
const keyOf = (key: Expression, file: SourceFile, scope: Scope): string | undefined => {
  if (key.kind === 'traversal' && key.steps.length === 0 && file.text.charAt(key.span.start) !== '(') return key.root;
  const value = evaluate(key, file, scope);
  return value.kind === 'literal' ? String(value.value) : undefined;
};

const referenceOf = (root: string, steps: readonly Step[], written: string, scope: Scope, region: Region): TerraformValue => {
  const reference: TerraformValue = { kind: 'reference', to: written, region };
  const found = scope.find(root, steps);
  if (found === undefined) return reference;
  const reached = follow(found.value, steps.slice(found.used));
  if (reached === undefined || !scope.afford(reached)) return reference;
  return moved(reached, region);
};

/** A template of one part is that part, whatever its type; of several, it is text. */
const templateOf = (parts: readonly TemplatePart[], file: SourceFile, scope: Scope, region: Region): TerraformValue => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string' && only.kind !== 'directive') return evaluate(only, file, scope);
  let known = true;
  let text = '';
  for (const part of parts) {
    const filled = typeof part === 'string' ? part : part.kind === 'directive' ? undefined : literalText(evaluate(part, file, scope));
    if (filled === undefined) known = false;
    text += filled ?? `\${${textOf((part as { span: Span }).span, file)}}`; // strings are always filled
    if (text.length > MAX_TEXT) return { kind: 'unknown', expression: text.slice(0, MAX_TEXT), region };
  }
  return known && scope.spend(1 + text.length / 32)
    ? { kind: 'literal', value: text, region }
    : { kind: 'unknown', expression: text, region };
};

const literalText = (value: TerraformValue): string | undefined =>
  value.kind === 'literal' && value.value !== null ? String(value.value) : undefined;
