/** Where the functions of a text begin and end, in each of the ways in which V8 and source maps speak of their beginning. */
import { isFunction, isType } from '../../javascript/syntax/scope.ts';
import type { Node } from '../../javascript/syntax/syntax.ts';
import { parseModule, walk } from '../../javascript/syntax/syntax.ts';
import { byKeys } from '../../lib/order.ts';

/** UTF-16 offsets. */
export interface Shape {
  /** Of the parser's node: `async`, `function`, or the parameters; of a method its parameters. */
  readonly start: number;
  readonly end: number;
  /** Where its body begins: what lies before are names and parameters. */
  readonly body: number;
  /** Where the code that gives it its name begins: the key of a method, the variable, `export`. */
  readonly lead: number;
  /** arrow: V8 begins it at its start. function: coverage at its start, profiles at `(`. method: coverage at its key, profiles at `(`. */
  readonly kind: 'arrow' | 'function' | 'method';
  /** As the language names it, where that is plain to see. */
  readonly name: string | undefined;
}

/** The functions of one text; undefined when it does not parse. */
export const shapesOf = (text: string, uri: string): Shapes | undefined => {
  const parsed = parseModule(text, uri);
  if (!parsed.ok) return undefined;
  const found: Shape[] = [];
  const classes = new Map<Node, string | undefined>();
  walk(parsed.program, (node, parent) => {
    if (isType(node)) return false;
    for (const fn of constructorsIn(node)) classes.set(fn, nameOfClass(node));
    const shape = shapeOf(node, parent);
    if (shape !== undefined) found.push(classes.has(node) ? { ...shape, name: classes.get(node) } : shape);
    return true;
  });
  return new Shapes(found);
};

export class Shapes {
  /** By beginning, outer before inner: the parts before the bodies lie one inside the other or apart. */
  readonly #byLead: readonly Shape[];
  /** For each of them the one whose part before the body holds it, -1 = none. */
  readonly #around: readonly number[];
  readonly #byEnd = new Map<number, Shape[]>();

  constructor(shapes: readonly Shape[]) {
    this.#byLead = shapes.toSorted(
      byKeys(
        ({ lead }) => lead,
        ({ body }) => -body,
      ),
    );
    this.#around = around(this.#byLead);
    for (const shape of shapes) this.#byEnd.set(shape.end, [...(this.#byEnd.get(shape.end) ?? []), shape]);
  }

  get all(): readonly Shape[] {
    return this.#byLead;
  }

  /** The function that V8's coverage means. */
  covered(start: number, end: number): Shape | undefined {
    return this.#byEnd
      .get(end)
      ?.find((shape) => (shape.kind === 'method' ? shape.lead <= start && start <= shape.start : shape.start === start));
  }

  /** The function that a CPU profile means; `text` is the one that the shapes are of. */
  sampled(text: string, at: number): Shape | undefined {
    return this.#before(at).find(({ kind, start }) => (kind === 'arrow' ? start === at : start <= at && text[at] === '('));
  }

  /** The function that begins about `start` and ends about `last`: source maps are not exact, and may say where its last letter or its end is. */
  mapped(start: number, last: number): Shape | undefined {
    return this.#before(start).find(({ body, end }) => body <= last && last <= end);
  }

  /** Functions that `at` is in the part before the body of, inner first. */
  #before(at: number): readonly Shape[] {
    let low = -1;
    for (let high = this.#byLead.length; low + 1 < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#byLead[middle]?.lead ?? 0) <= at) low = middle;
      else high = middle;
    }
    const found: Shape[] = [];
    for (let index = low; index >= 0; index = this.#around[index] ?? -1) {
      const shape = this.#byLead[index];
      if (shape !== undefined && at < shape.body) found.push(shape);
    }
    return found;
  }
}

const around = (sorted: readonly Shape[]): readonly number[] => {
  const open: number[] = [];
  return sorted.map((shape, index) => {
    while (open.length > 0 && (sorted[open.at(-1) ?? 0]?.body ?? 0) <= shape.lead) open.pop();
    const outer = open.at(-1) ?? -1;
    open.push(index);
    return outer;
  });
};

const shapeOf = (node: Node, parent: Node | undefined): Shape | undefined => {
  if (!isFunction(node) || !('body' in node) || !isNode(node.body)) return undefined;
  const { start, end } = node;
  const holder = parent !== undefined && holds(parent, node) ? parent : undefined;
  const kind = node.type === 'ArrowFunctionExpression' ? 'arrow' : holder !== undefined && isMethod(holder) ? 'method' : 'function';
  const own = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : undefined;
  return { start, end, body: node.body.start, lead: holder?.start ?? start, kind, name: own ?? (holder && nameIn(holder)) };
};

/** V8 names a constructor after its class. */
const constructorsIn = (node: Node): readonly Node[] =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
    ? node.body.body.flatMap((item) => (item.type === 'MethodDefinition' && item.kind === 'constructor' ? [item.value] : []))
    : [];

const nameOfClass = (node: Node): string | undefined => ('id' in node && node.id?.type === 'Identifier' ? node.id.name : undefined);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'start' in value;

/** `parent` gives the function its name, or exports it, and begins with nothing else. */
const holds = (parent: Node, fn: Node): boolean => {
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.init === fn;
    case 'AssignmentExpression':
      return parent.right === fn;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === fn;
    default:
      return parent.type === 'ExportNamedDeclaration' || parent.type === 'ExportDefaultDeclaration';
  }
};

const isMethod = (parent: Node): boolean =>
  parent.type === 'MethodDefinition' || (parent.type === 'Property' && (parent.method || parent.kind !== 'init'));

const nameIn = (parent: Node): string | undefined => {
  if (parent.type === 'VariableDeclarator') return keyName(parent.id);
  if (parent.type === 'AssignmentExpression') return keyName(parent.left);
  const isMember = parent.type === 'Property' || parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition';
  return isMember && !parent.computed ? keyName(parent.key) : undefined;
};

const keyName = (key: Node): string | undefined => {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'MemberExpression') return key.computed ? undefined : keyName(key.property);
  return key.type === 'Literal' ? String(key.value) : undefined;
};
