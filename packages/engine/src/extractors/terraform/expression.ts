/** HCL expressions: operators by precedence, templates, collections, calls, references. */
import type { Cursor } from './cursor.ts';
import type { Expression, ObjectEntry, Span, Step } from './syntax.ts';
import { heredoc, loopHead, quoted } from './template.ts';

/** Weakest first; longer operators before their prefixes. */
const OPERATORS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']];
/** A chain is a tree as deep as it is long, and is walked by recursion. */
const MAX_CHAIN = 500;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** One expression at the cursor. Throws HclMistake. */
export const expression = (cursor: Cursor): Expression =>
  cursor.nest(cursor.acrossLines, () => {
    cursor.skip();
    const start = cursor.at;
    const test = binary(cursor, 0);
    cursor.skip();
    if (!cursor.take('?')) return test;
    const yes = expression(cursor);
    cursor.skip(true); // the branches may stand on lines of their own
    cursor.expect(':');
    cursor.skip(true);
    const no = expression(cursor);
    return { kind: 'conditional', test, yes, no, span: { start, end: cursor.at } };
  });

const binary = (cursor: Cursor, level: number): Expression => {
  const operators = OPERATORS[level];
  if (operators === undefined) return unary(cursor);
  let left = binary(cursor, level + 1);
  for (let length = 0; ; length += 1) {
    if (length > MAX_CHAIN) cursor.fail(`more than ${MAX_CHAIN} operators in a row`);
    const end = cursor.at;
    cursor.skip();
    const operator = operators.find((word) => cursor.starts(word));
    if (operator === undefined || startsComment(cursor)) {
      cursor.at = end;
      return left;
    }
    cursor.at += operator.length;
    cursor.skip(true);
    const right = binary(cursor, level + 1);
    left = { kind: 'operation', operator, operands: [left, right], span: { start: left.span.start, end: cursor.at } };
  }
};

const startsComment = (cursor: Cursor): boolean => cursor.starts('//') || cursor.starts('/*');

const unary = (cursor: Cursor): Expression => {
  cursor.skip();
  const start = cursor.at;
  const operator = cursor.peek();
  if (operator !== '!' && operator !== '-') return postfix(cursor, primary(cursor));
  cursor.at += 1;
  const operand = cursor.nest(cursor.acrossLines, () => unary(cursor));
  return { kind: 'operation', operator, operands: [operand], span: { start, end: cursor.at } };
};

const postfix = (cursor: Cursor, base: Expression): Expression => {
  const steps: Step[] = [];
  for (;;) {
    const end = cursor.at;
    cursor.skip();
    const step = nextStep(cursor);
    if (step === undefined) {
      cursor.at = end;
      break;
    }
    steps.push(step);
  }
  if (steps.length === 0) return base;
  const span: Span = { start: base.span.start, end: cursor.at };
  return base.kind === 'traversal' ? { ...base, steps, span } : { kind: 'other', span };
};

const nextStep = (cursor: Cursor): Step | undefined => {
  if (cursor.peek() === '.' && cursor.peek(1) !== '.') {
    cursor.at += 1;
    if (cursor.take('*')) return { splat: true };
    const name = cursor.identifier() ?? cursor.number()?.toString();
    return name === undefined ? cursor.fail('a name must follow the dot') : { name };
  }
  if (!cursor.take('[')) return undefined;
  const step = cursor.nest(true, (): Step => {
    cursor.skip();
    if (cursor.take('*')) return { splat: true };
    return { index: expression(cursor) };
  });
  cursor.skip(true);
  cursor.expect(']');
  return step;
};

const primary = (cursor: Cursor): Expression => {
  const start = cursor.at;
  const first = cursor.peek();
  if (first === '"') return quoted(cursor, () => expression(cursor));
  if (cursor.starts('<<')) return heredoc(cursor, () => expression(cursor));
  if (first === '[') return list(cursor);
  if (first === '{') return object(cursor);
  if (first === '(') return parenthesised(cursor);
  const number = cursor.number();
  if (number !== undefined) return { kind: 'literal', value: number, span: { start, end: cursor.at } };
  return named(cursor, start);
};

const named = (cursor: Cursor, start: number): Expression => {
  let name = cursor.identifier() ?? cursor.unexpected('a value');
  while (cursor.take('::')) name += `::${cursor.identifier() ?? cursor.fail('a name must follow ::')}`;
  const end = cursor.at;
  cursor.skip();
  if (cursor.take('(')) return call(cursor, name, start);
  cursor.at = end;
  const constant = CONSTANTS.get(name);
  return constant === undefined
    ? { kind: 'traversal', root: name, steps: [], span: { start, end } }
    : { kind: 'literal', value: constant, span: { start, end } };
};

const parenthesised = (cursor: Cursor): Expression => {
  const start = cursor.at;
  cursor.expect('(');
  const inner = cursor.nest(true, () => expression(cursor));
  cursor.skip(true);
  cursor.expect(')');
  return { ...inner, span: { start, end: cursor.at } };
};

const call = (cursor: Cursor, name: string, start: number): Expression => {
  const given: Expression[] = [];
  let spread = false;
  cursor.nest(true, () => {
    cursor.skip();
    while (!cursor.take(')')) {
      given.push(expression(cursor));
      cursor.skip();
      spread ||= cursor.take('...');
      cursor.skip();
      if (!cursor.take(',') && cursor.peek() !== ')') cursor.fail('expected , or ) in the call');
      cursor.skip();
    }
  });
  const span = { start, end: cursor.at };
  return spread ? { kind: 'other', span } : { kind: 'call', name, arguments: given, span };
};

const startsFor = (cursor: Cursor): boolean => cursor.starts('for') && /\s/.test(cursor.peek(3));

const list = (cursor: Cursor): Expression => {
  const start = cursor.at;
  cursor.expect('[');
  return cursor.nest(true, (): Expression => {
    cursor.skip();
    if (startsFor(cursor)) return loop(cursor, start, ']');
    const items: Expression[] = [];
    while (!cursor.take(']')) {
      items.push(expression(cursor));
      cursor.skip();
      if (!cursor.take(',') && cursor.peek() !== ']') cursor.fail('expected , or ] in the list');
      cursor.skip();
    }
    return { kind: 'list', items, span: { start, end: cursor.at } };
  });
};

const object = (cursor: Cursor): Expression => {
  const start = cursor.at;
  cursor.expect('{');
  return cursor.nest(false, (): Expression => {
    cursor.skip(true);
    if (startsFor(cursor)) return cursor.nest(true, () => loop(cursor, start, '}'));
    const entries: ObjectEntry[] = [];
    while (!cursor.take('}')) {
      entries.push(entry(cursor));
      cursor.skip();
      if (!cursor.take(',') && cursor.peek() !== '\n' && cursor.peek() !== '}') cursor.fail('expected a new line or } in the object');
      cursor.skip(true);
    }
    return { kind: 'object', entries, span: { start, end: cursor.at } };
  });
};

const entry = (cursor: Cursor): ObjectEntry => {
  const key = expression(cursor);
  cursor.skip();
  if (!cursor.take('=') && !cursor.take(':')) cursor.fail('expected = in the object');
  cursor.skip(true);
  return { key, value: expression(cursor) };
};

/** `for k, v in things : key => value... if condition`, read for its extent only. */
const loop = (cursor: Cursor, start: number, close: string): Expression => {
  cursor.at += 'for'.length;
  loopHead(cursor, () => expression(cursor));
  cursor.skip();
  cursor.expect(':');
  expression(cursor);
  cursor.skip();
  if (cursor.take('=>')) expression(cursor);
  cursor.skip();
  cursor.take('...');
  cursor.skip();
  if (cursor.starts('if')) {
    cursor.at += 'if'.length;
    expression(cursor);
    cursor.skip();
  }
  cursor.expect(close);
  return { kind: 'other', span: { start, end: cursor.at } };
};
