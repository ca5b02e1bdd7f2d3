/** Two releases of a package → the functions of the older one that the newer one changed, removed, or feeds with another value. */
import { byKeys } from '../../lib/order.ts';
import { deltaKey, deltaOf, scoreOf } from './delta.ts';
import { type Files, folderOf, loadsOf, resolveIn } from './loads.ts';
import { isWeak, type Located, matchFunctions } from './match.ts';
import { madeFrom, readersHere, readersThere } from './readers.ts';
import { type Release, scopesOf } from './scope.ts';
import { SEPARATOR, type Shape, shapeOf, type ValuePiece } from './shape.ts';

export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface Candidate {
  /** In the older release. */
  readonly file: string;
  readonly name: string;
  readonly kind: 'changed' | 'removed' | 'reader';
  /** Equal in functions with the same edit; undefined where nothing was edited. */
  readonly edit?: string;
  /** How much the edit looks like a fix of a flaw; 0 = not at all. */
  readonly score: number;
  readonly before: Span;
  /** Where it is now; absent for `removed`. */
  readonly after?: Span;
  /** reader: the value that changed. */
  readonly reads?: string;
  /** The same function in another build of the package; not counted again. */
  readonly twin?: true;
}

export interface Comparison {
  /** Sorted by file, then name; twins last. */
  readonly candidates: readonly Candidate[];
  /** Code outside functions changed, or a file came, went or cannot be read. */
  readonly moduleChanged: boolean;
  readonly minified: boolean;
}

/** Of one file, and of all files of a release that changed: parsed trees are about fifty times as large. */
const MAX_FILE = 3_000_000;
const MAX_TOTAL = 12_000_000;
const MAX_READERS = 10;
const MAX_MADE = 30;
/** Looked for by name in whole modules: data files hold thousands. */
const MAX_VALUES = 300;

/** What compilers put into every file they write; never a flaw of the package. */
const HELPER =
  /^_{1,2}(?:interop|classCall|createClass|defineProp|toConsumable|typeof|awaiter|generator|import|export|create[A-Z]|extends|inherits|possible|get[A-Z]|set[A-Z]|spread|assign|rest|async|object|array|iterable|nonIterable|sliced|unsupported|rollup|esModule|copyProps|toESM|toCommonJS|values|read|decorate|metadata|param|call[A-Z]|assertThis|is[A-Z]|super|wrap[A-Z]|construct|toPropertyKey|toPrimitive|arrayLike|asyncTo|commonJS|require|private|classPrivate|applyDecor|regenerator|makeTemplate|tagged|webpack)\w*$/;

export const compareReleases = (before: Release, after: Release): Comparison => {
  const [old, now] = [scopesOf(before), scopesOf(after)];
  const [read, readAfter] = [new Map<string, Shape>(), new Map<string, Shape>()];
  const compare = (at: number): Comparison => {
    const sides = { before: before.files, after: after.files, scope: old[at] ?? new Set(), scopeAfter: now[at] ?? new Set() };
    return new Comparer({ ...sides, read, readAfter }).run();
  };
  let last: Comparison = { candidates: [], moduleChanged: false, minified: false };
  for (const at of old.keys()) {
    const found = compare(at);
    const hasMore = at === 0 && old[0]?.size !== old[1]?.size;
    if (found.candidates.length > 0) return hasMore ? withTwins(found, compare(1)) : found;
    last = { ...found, moduleChanged: last.moduleChanged || found.moduleChanged, minified: last.minified || found.minified };
  }
  return last;
};

/** The same function in another build of the package, as a bundler or `import` would load it. */
const withTwins = (main: Comparison, wider: Comparison): Comparison => {
  const names = new Set(main.candidates.map((item) => item.name));
  const files = new Set(main.candidates.map((item) => item.file));
  const twins = wider.candidates.filter((item) => names.has(item.name) && !files.has(item.file));
  return { ...main, candidates: [...main.candidates, ...twins.map((item) => ({ ...item, twin: true as const }))] };
};

interface Sides {
  readonly before: Files;
  readonly after: Files;
  /** What is compared, of either. */
  readonly scope: ReadonlySet<string>;
  readonly scopeAfter: ReadonlySet<string>;
  /** Files parsed so far, by path, of either; grows. */
  readonly read: Map<string, Shape>;
  readonly readAfter: Map<string, Shape>;
}

class Comparer {
  readonly #sides: Sides;
  readonly #found = new Map<string, Candidate>();
  readonly #importers = new Map<string, string[]>();
  #valuesLeft = MAX_VALUES;
  #moduleChanged = false;
  #minified = false;

  constructor(sides: Sides) {
    this.#sides = sides;
  }

  run(): Comparison {
    const { before, after, scope, scopeAfter, read, readAfter } = this.#sides;
    const old = this.#shapesOf(before, after, scope, read);
    const now = this.#shapesOf(after, before, scopeAfter, readAfter);
    this.#functions(old, now);
    for (const [file, shape] of old) this.#values(file, shape, now.get(file));
    const candidates = [...this.#found.values()].sort(
      byKeys(
        (item) => item.file,
        (item) => item.name,
      ),
    );
    return { candidates, moduleChanged: this.#moduleChanged, minified: this.#minified };
  }

  /** Only files whose text the other release does not have at that place. */
  #shapesOf(files: Files, others: Files, scope: ReadonlySet<string>, read: Map<string, Shape>): ReadonlyMap<string, Shape> {
    const shapes = new Map<string, Shape>();
    let total = 0;
    for (const file of [...scope].sort()) {
      const text = files.get(file) ?? '';
      if (others.get(file) === text) continue;
      if (isMinified(text)) this.#minified = true;
      const readable = text.length <= MAX_FILE && total + text.length <= MAX_TOTAL && !isMinified(text);
      const shape = readable ? shapeIn(read, file, text) : undefined;
      if (readable) total += text.length;
      if (shape === undefined) this.#moduleChanged = true;
      else shapes.set(file, shape);
    }
    return shapes;
  }

  #functions(old: ReadonlyMap<string, Shape>, now: ReadonlyMap<string, Shape>): void {
    const { changed, removed } = matchFunctions(located(old), located(now));
    const gone = new Set(removed.map((item) => item.fn));
    const touched = new Set([...changed.map(([item]) => item.fn), ...gone]);
    for (const [item, there] of changed) {
      const delta = deltaOf(item, there);
      this.#add(item, { kind: 'changed', edit: deltaKey(delta), score: scoreOf(delta), after: spanOf(there) });
    }
    for (const item of removed) {
      const { outer } = item.fn;
      // goes with what is around it
      if (outer !== undefined && touched.has(outer) && (isWeak(item.fn.name) || gone.has(outer))) continue;
      this.#add(item, { kind: 'removed', score: 0 });
    }
  }

  #add(item: Pick<Located, 'file' | 'fn'>, facts: Omit<Candidate, 'file' | 'name' | 'before'>): void {
    const { file, fn } = item;
    const key = `${file}\n${fn.name}`;
    if (HELPER.test(fn.name) || this.#found.has(key)) return;
    this.#found.set(key, { file, name: fn.name, before: { file, start: fn.node.start, end: fn.node.end }, ...facts });
  }

  #values(file: string, shape: Shape, now: Shape | undefined): void {
    if (now === undefined) return;
    const changed = changedValues(shape, now);
    if (changed.length > 0 || shape.rest.named !== now.rest.named) this.#moduleChanged = true;
    for (const { value, readable } of changed) {
      if (readable && this.#valuesLeft > 0) this.#readers(file, shape, value);
      if (readable) this.#valuesLeft -= 1;
    }
  }

  #readers(file: string, shape: Shape, value: ValuePiece): void {
    const changed = new Set([value]);
    for (const one of changed) if (changed.size < MAX_MADE) for (const more of madeFrom(shape, one)) changed.add(more);
    const all = [...changed].flatMap((one) => this.#readersOf(file, shape, one));
    if (all.length > MAX_READERS) return;
    for (const item of all) this.#add(item, { kind: 'reader', score: 0, reads: value.name });
  }

  #readersOf(file: string, shape: Shape, value: ValuePiece): readonly Pick<Located, 'file' | 'fn'>[] {
    const here = readersHere(shape, value).map((fn) => ({ file, fn }));
    return here.length > 0 && value.binding !== undefined ? here : [...here, ...this.#readersElsewhere(file, value)];
  }

  /** Files of the scope that load this one; the loads of each are read once. */
  #importersOf(file: string): readonly string[] {
    const { before, scope } = this.#sides;
    if (this.#importers.size === 0) {
      this.#importers.set('', []);
      for (const importer of [...scope].sort()) {
        for (const loaded of loadsOf(before, importer)) {
          const known = this.#importers.get(loaded) ?? [];
          if (loaded !== importer) known.push(importer);
          this.#importers.set(loaded, known);
        }
      }
    }
    return this.#importers.get(file) ?? [];
  }

  #readersElsewhere(file: string, value: ValuePiece): readonly Pick<Located, 'file' | 'fn'>[] {
    const { before, read } = this.#sides;
    return this.#importersOf(file).flatMap((importer) => {
      const text = before.get(importer) ?? '';
      const shape = text.length > MAX_FILE || isMinified(text) ? undefined : shapeIn(read, importer, text);
      const isIt = (specifier: string): boolean => specifier.startsWith('.') && resolveIn(before, folderOf(importer), specifier) === file;
      return shape === undefined ? [] : readersThere(shape, value, isIt).map((fn) => ({ file: importer, fn }));
    });
  }
}

interface ChangedValue {
  readonly value: ValuePiece;
  /** Its readers have to do with the change. */
  readonly readable: boolean;
}

const changedValues = (shape: Shape, now: Shape): readonly ChangedValue[] => {
  const there = groupByName(now.values);
  return [...groupByName(shape.values)].flatMap(([name, list]) => {
    const value = list[0];
    const text = list.map((item) => item.named).join('\n');
    if (
      value === undefined ||
      text ===
        there
          .get(name)
          ?.map((item) => item.named)
          .join('\n')
    )
      return [];
    const isGone = !there.has(name) && (value.binding === undefined || value.property === undefined);
    return [{ value, readable: !isGone && !LOADS_FILE.test(text) && !text.split(SEPARATOR).includes('function') }];
  });
};

const shapeIn = (read: Map<string, Shape>, file: string, text: string): Shape | undefined => {
  const shape = read.get(file) ?? shapeOf(text, file);
  if (shape !== undefined) read.set(file, shape);
  return shape;
};

const LOADS_FILE = new RegExp(`require${SEPARATOR}'\\.`);

const located = (shapes: ReadonlyMap<string, Shape>): readonly Located[] =>
  [...shapes].flatMap(([file, shape]) => shape.functions.map((piece) => ({ ...piece, file })));

const spanOf = ({ file, fn }: Located): Span => ({ file, start: fn.node.start, end: fn.node.end });

const groupByName = (values: readonly ValuePiece[]): ReadonlyMap<string, readonly ValuePiece[]> => {
  const groups = new Map<string, ValuePiece[]>();
  for (const value of values) {
    const group = groups.get(value.name) ?? [];
    group.push(value);
    groups.set(value.name, group);
  }
  return groups;
};

/** Lines as only a machine writes them. */
const isMinified = (text: string): boolean => {
  if (text.length < 2_000) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return text.length / Math.max(1, lines.length) > 400 && (text.match(/\bfunction\b|=>/g)?.length ?? 0) > 10;
};
