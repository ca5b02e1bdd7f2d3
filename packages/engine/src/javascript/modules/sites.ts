/** Finds in one module every place that loads another, and every place where that cannot be told. */

import { callFactsOf } from '../calls/compile.ts';
import { Lines } from '../calls/lines.ts';
import { functionsOf } from '../functions/functions.ts';
import { isFrom, memberName } from '../syntax/builtin.ts';
import { isFunction, isType, nameOf, namesOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { parseModule, walk } from '../syntax/syntax.ts';
import { evaluatorKind, takesConstructor } from './evaluators.ts';
import type { Folding } from './fold.ts';
import { fold } from './fold.ts';
import type { Load, ModuleFacts, Unknown, UnknownKind } from './module-facts.ts';
import { MAIN_MODULE } from './module-facts.ts';
import type { Pattern } from './pattern.ts';
import { exact, HERE, isOpen } from './pattern.ts';
import type { Requirers } from './requirers.ts';
import { isAmdefine, isMaker, requirersOf } from './requirers.ts';
import { ViewReader } from './views.ts';

type Call = Node & { type: 'CallExpression' | 'NewExpression' };

/** Without one of these words in it, a text loads nothing: most files of data-like packages need no parser. */
const WORTH_PARSING =
  /require|import|export|eval|Function|constructor|\b_?compile|\bvm\b|_load|dlopen|_resolveFilename|Worker|\bfork\b|__dirname|\.(?:render|set|engine)\(/;

/** `uri` decides the language and the module's own name; `watched` are the names that models ask about. Never throws for a text. */
export const factsOf = (text: string, uri: string, watched: ReadonlySet<string>): ModuleFacts => {
  const asked = new Set([...watched].filter((name) => text.includes(name)));
  if (asked.size === 0 && !WORTH_PARSING.test(text)) return { loads: [], unknown: [], named: [] };
  const parsed = parseModule(text, uri);
  if (!parsed.ok) return { loads: [], unknown: [], named: [], error: parsed.error };
  return new Reader(text, uri, parsed.program, asked).read();
};

class Reader {
  readonly #text: string;
  readonly #folding: Folding;
  readonly #watched: ReadonlySet<string>;
  readonly #requirers: Requirers;
  readonly #views: ViewReader;
  readonly #loads: Load[] = [];
  readonly #unknown: Unknown[] = [];
  readonly #named = new Set<string>();
  readonly #lines: Lines;
  readonly #loadsAt = new Map<Node, number[]>();
  readonly #amd: boolean;
  #jsx = false;

  constructor(text: string, uri: string, program: Node, watched: ReadonlySet<string>) {
    this.#text = text;
    this.#watched = watched;
    this.#lines = new Lines(text);
    this.#folding = { names: namesOf(program), file: uri.slice(uri.lastIndexOf('/') + 1) };
    this.#amd = text.includes('amdefine') && callsIn(program, isAmdefine).length > 0;
    this.#requirers = requirersOf(this.#folding, text.includes('createRequire') ? callsIn(program, isMaker) : [], this.#amd);
    this.#views = new ViewReader(this.#folding);
  }

  read(): ModuleFacts {
    walk(this.#folding.names.program, (node, parent) => {
      if (isType(node)) return false;
      this.#watch(node, parent);
      this.#visit(node, parent);
      return true;
    });
    if (this.#text.includes(MAIN_MODULE)) this.#named.add(MAIN_MODULE);
    for (const use of this.#requirers.handedOn) this.#addUnknown('handed on', this.#around(use));
    if (this.#jsx) this.#loads.push({ patterns: [exact('react/jsx-runtime')], by: 'import', soft: true, line: 1, text: 'JSX' });
    const views = this.#views.found;
    return {
      loads: this.#loads,
      unknown: this.#unknown,
      named: [...this.#named].sort(),
      ...(views === undefined ? {} : { views }),
      ...this.#calls(),
    };
  }

  #calls(): Pick<ModuleFacts, 'calls' | 'notFollowed'> {
    if (this.#text.length > MOST_FOLLOWED) return { notFollowed: `larger than ${MOST_FOLLOWED / 1_000_000} MB` };
    const functions = functionsOf(this.#folding.names);
    return { calls: callFactsOf({ folding: this.#folding, functions, lines: this.#lines, loadsAt: (node) => this.#loadsAt.get(node) }) };
  }

  /** A property, a key or a text of a watched name; a variable that is called so is none. */
  #watch(node: Node, parent: Node | undefined): void {
    const name = node.type === 'Identifier' && isKey(node, parent) ? node.name : node.type === 'Literal' ? node.value : undefined;
    if (typeof name === 'string' && this.#watched.has(name)) this.#named.add(name);
  }

  #visit(node: Node, parent: Node | undefined): void {
    switch (node.type) {
      case 'ImportDeclaration':
        if (node.importKind !== 'type') this.#addLoad('import', [exact(node.source.value)], node);
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (node.source && node.exportKind !== 'type') this.#addLoad('import', [exact(node.source.value)], node);
        break;
      case 'TSExternalModuleReference':
        this.#addLoad('require', [exact(node.expression.value)], parent ?? node);
        break;
      case 'ImportExpression':
        this.#addFolded('import', node.source, node, 'import');
        break;
      case 'CallExpression':
        this.#views.read(node);
        this.#call(node);
        this.#path(node);
        break;
      default:
        this.#visitOther(node, parent);
    }
  }

  #visitOther(node: Node, parent: Node | undefined): void {
    if (node.type === 'NewExpression') {
      this.#call(node);
      this.#path(node);
    } else if (node.type === 'BinaryExpression') this.#path(node);
    else if (node.type === 'AssignmentExpression') this.#assignment(node);
    else if (node.type === 'Literal') this.#views.readSetting(node, parent);
    else if (node.type === 'JSXElement' || node.type === 'JSXFragment') this.#jsx = true;
    else if (takesConstructor(node)) this.#addUnknown('Function', node);
  }

  #call(call: Call): void {
    const { callee } = call;
    const base = this.#requirers.isRequire(callee);
    const kind = base === undefined ? evaluatorKind(this.#folding, call) : undefined;
    if (base !== undefined) this.#addFolded('require', call.arguments[0], call, 'require', base === 'elsewhere');
    else if (kind !== undefined) this.#addUnknown(kind, call);
    else if (this.#amd && nameOf(callee) === 'define') this.#defined(call);
    else if (callee.type !== 'MemberExpression' || !this.#memberCall(callee, call)) this.#processCall(call);
  }

  /** true when it was one of these. */
  #memberCall(callee: Node & { type: 'MemberExpression' }, call: Call): boolean {
    const name = memberName(callee);
    const first = call.arguments[0];
    if (name === 'require' || name === '_load') this.#addFolded('require', first, call, 'require');
    else if (name === 'resolve' && this.#requirers.isRequire(callee.object) !== undefined) this.#addIfConstant('require', first, call);
    else if ((name === 'call' || name === 'apply') && ['require', '_load'].includes(memberName(callee.object) ?? '')) {
      this.#addFolded('require', name === 'call' ? call.arguments[1] : undefined, call, 'require');
    } else if (name === 'dlopen' && nameOf(callee.object) === 'process') this.#addFolded('file', call.arguments[1], call, 'native');
    else return this.#bundlerCall(callee, call);
    return true;
  }

  #bundlerCall(callee: Node & { type: 'MemberExpression' }, call: Call): boolean {
    const name = memberName(callee);
    if (isOfBundler(callee, name)) this.#addGlobs(call.arguments[0], call);
    else if (name === 'context' && this.#requirers.isRequire(callee.object) !== undefined) this.#addFolder(call.arguments[0], call);
    else return false;
    return true;
  }

  /** `define(['./a'], …)` with amdefine loads what the list names. */
  #defined(call: Call): void {
    for (const list of call.arguments) {
      for (const item of list.type === 'ArrayExpression' ? list.elements : []) {
        if (item?.type === 'Literal' && ['require', 'exports', 'module'].includes(String(item.value))) continue;
        this.#addFolded('require', item ?? undefined, call, 'require');
      }
    }
  }

  /** Other threads and processes of Node run modules too. */
  #processCall(call: Call): void {
    const { names } = this.#folding;
    const [first, second] = call.arguments;
    if (call.type === 'NewExpression') {
      if (isFrom(names, call.callee, 'worker_threads', 'Worker')) this.#addFolded('file', first, call, 'process');
      else if (nameOf(call.callee) === 'Worker' && first !== undefined && fold(this.#folding, first).every(isPath))
        this.#addIfConstant('file', first, call);
    } else if (isFrom(names, call.callee, 'child_process', 'fork')) this.#addFolded('file', first, call, 'process');
    else if (['spawn', 'spawnSync', 'execFile', 'execFileSync'].some((name) => isFrom(names, call.callee, 'child_process', name))) {
      if (first !== undefined && this.#isNode(first)) this.#script(second, call);
    }
  }

  #isNode(command: Node): boolean {
    if (memberName(command) === 'execPath' || memberName(command) === 'argv0') return true;
    return fold(this.#folding, command).some((item) => item.tail === undefined && /^node(?:js)?$/.test(item.head));
  }

  /** `spawn('node', ['--flag', 'script.js', …])`: the first that is no flag. */
  #script(list: Node | undefined, call: Call): void {
    const script = list?.type === 'ArrayExpression' ? this.#firstWord(list) : undefined;
    if (script === undefined) this.#addUnknown('process', call);
    else if (script.length > 0) this.#addLoad('file', script, call);
  }

  /** Empty = there are only flags; undefined = it cannot be told. */
  #firstWord(list: Node & { type: 'ArrayExpression' }): readonly Pattern[] | undefined {
    for (const item of list.elements) {
      const texts = item === null || item.type === 'SpreadElement' ? undefined : fold(this.#folding, item);
      if (texts === undefined || isOpen(texts)) return undefined;
      if (!texts.every((text) => text.head.startsWith('-'))) return texts;
    }
    return [];
  }

  /** Whoever replaces Node's resolution may load anything under any name. */
  #assignment(node: Node & { type: 'AssignmentExpression' }): void {
    const name = memberName(node.left);
    if (name === '_resolveFilename' || name === '_findPath' || name === '_nodeModulePaths') this.#addUnknown('resolution', node);
  }

  /** `path.join(__dirname, 'job.js')`, `new URL('./job.js', import.meta.url)`, `__dirname + '/job.js'`: whatever is done with it. */
  #path(node: Node): void {
    if (!isBeside(node)) return;
    const texts = fold(this.#folding, node).filter((text) => text.tail === undefined && text.head.startsWith(HERE) && CODE.test(text.head));
    const known = new Set(this.#loads.flatMap(({ patterns }) => patterns.map(({ head }) => head)));
    if (texts.some(({ head }) => !known.has(head))) this.#addLoad('file', texts, node, false, true);
  }

  /** Vite: `import.meta.glob(['./pages/*.ts', '!./pages/x.ts'])`; what stands between the first star and the last may be anything. */
  #addGlobs(first: Node | undefined, call: Node): void {
    const items = first?.type === 'ArrayExpression' ? first.elements : [first];
    const texts = items.flatMap((item) => (item ? fold(this.#folding, item) : [])).filter((text) => !text.head.startsWith('!'));
    if (isOpen(texts)) this.#addUnknown('import', call);
    else this.#addLoad('import', texts.map(starred), call);
  }

  #addFolder(first: Node | undefined, call: Node): void {
    const texts = first === undefined ? [] : fold(this.#folding, first).map((item) => ({ head: `${item.head}/`, tail: '' }));
    if (isOpen(texts)) this.#addUnknown('require', call);
    else this.#addLoad('require', texts, call);
  }

  #addIfConstant(by: Load['by'], argument: Node | undefined, call: Node): void {
    const texts = argument === undefined ? [] : fold(this.#folding, argument);
    if (!isOpen(texts)) this.#addLoad(by, texts, call);
  }

  #addFolded(by: Load['by'], argument: Node | undefined, call: Node, kind: UnknownKind, elsewhere = false): void {
    const texts = argument === undefined || argument.type === 'SpreadElement' ? [] : fold(this.#folding, argument);
    if (isOpen(texts)) {
      // `obj.require()` without an argument loads nothing; a spread may
      if (argument !== undefined || call.type !== 'CallExpression' || memberName(call.callee) !== 'require') this.#addUnknown(kind, call);
    } else this.#addLoad(by, texts, call, elsewhere);
  }

  #addLoad(by: Load['by'], patterns: readonly Pattern[], node: Node, elsewhere = false, guess = false): void {
    const soft = this.#isSoft(node);
    const place = { line: this.#lines.line(node.start), text: this.#excerpt(node) };
    const known = this.#loadsAt.get(node);
    if (known === undefined) this.#loadsAt.set(node, [this.#loads.length]);
    else known.push(this.#loads.length);
    this.#loads.push({
      patterns,
      by,
      ...(elsewhere ? { elsewhere } : {}),
      ...(soft ? { soft } : {}),
      ...(guess ? { guess } : {}),
      ...place,
    });
  }

  #addUnknown(kind: UnknownKind, node: Node): void {
    if (this.#isDead(node)) return;
    this.#unknown.push({ kind, line: this.#lines.line(node.start), text: this.#excerpt(node) });
  }

  /** Inside the block of a `try`. */
  #isSoft(node: Node): boolean {
    let inner = node;
    for (let parent = this.#folding.names.parentOf(node); parent !== undefined; parent = this.#folding.names.parentOf(parent)) {
      if (parent.type === 'TryStatement' && parent.block === inner) return true;
      inner = parent;
    }
    return false;
  }

  /** After a `return` or `throw` of the same block: kept for its effect on the engine, never run. */
  #isDead(node: Node): boolean {
    let inner = node;
    for (
      let parent = this.#folding.names.parentOf(node);
      parent !== undefined && !isFunction(inner);
      parent = this.#folding.names.parentOf(parent)
    ) {
      if (parent.type === 'BlockStatement') {
        const before = parent.body.filter((item) => item.end <= inner.start);
        if (before.some((item) => item.type === 'ReturnStatement' || item.type === 'ThrowStatement')) return true;
      }
      inner = parent;
    }
    return false;
  }

  /** What hands a name on: the call or assignment around it. */
  #around(use: Node): Node {
    const parent = this.#folding.names.parentOf(use);
    const call = parent === undefined ? undefined : this.#folding.names.parentOf(parent);
    if (parent?.type === 'CallExpression' || parent?.type === 'AssignmentExpression') return parent;
    return call?.type === 'CallExpression' ? call : (parent ?? use);
  }

  #excerpt(node: Node): string {
    if (node.type === 'ImportDeclaration') return `import '${node.source.value}'`;
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source)
      return `export from '${node.source.value}'`;
    const text = this.#text.slice(node.start, Math.min(node.end, node.start + 400)).replace(/\s+/g, ' ');
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  }
}

const MAX_TEXT = 120;
const CODE = /\.[cm]?[jt]sx?$/;

/** Other classes are called Worker too, and take the name of a queue. */
const isPath = ({ head, tail = head }: Pattern): boolean => head.startsWith(HERE) || /^\.{0,2}\//.test(head) || CODE.test(tail);

/** `import.meta.glob(…)` */
const isOfBundler = (callee: Node & { type: 'MemberExpression' }, name: string | undefined): boolean =>
  (name === 'glob' || name === 'globEager') && callee.object.type === 'MetaProperty';

/** A computed path that begins at the module's own folder. */
const isBeside = (node: Node): boolean => {
  const isHere = (part: Node | undefined): boolean =>
    part !== undefined &&
    (nameOf(part) === '__dirname' ||
      (part.type === 'MemberExpression' && part.object.type === 'MetaProperty' && memberName(part) !== 'env'));
  if (node.type === 'NewExpression') return nameOf(node.callee) === 'URL' && isHere(node.arguments[1]);
  if (node.type === 'BinaryExpression') return node.operator === '+' && isHere(node.left);
  return node.type === 'CallExpression' && ['join', 'resolve'].includes(memberName(node.callee) ?? '') && isHere(node.arguments[0]);
};

const starred = (text: Pattern): Pattern => {
  const star = text.head.search(/[*{]/);
  if (star < 0) return text;
  const end = text.tail ?? text.head;
  return { head: text.head.slice(0, star), tail: end.slice(Math.max(end.lastIndexOf('*'), end.lastIndexOf('}')) + 1) };
};
/** Characters; what is larger was packed by a machine, and its names say nothing. */
const MOST_FOLLOWED = 3_000_000;

const isKey = (node: Node, parent: Node | undefined): boolean => {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
      return parent.key === node && !parent.computed;
    case 'ImportSpecifier':
      return parent.imported === node;
    case 'ExportSpecifier':
      return parent.local === node;
    default:
      return false;
  }
};

const callsIn = (
  program: Node,
  wanted: (call: Node & { type: 'CallExpression' }) => boolean,
): readonly (Node & { type: 'CallExpression' })[] => {
  const found: (Node & { type: 'CallExpression' })[] = [];
  walk(program, (node) => {
    if (node.type === 'CallExpression' && wanted(node)) found.push(node);
    return true;
  });
  return found;
};
