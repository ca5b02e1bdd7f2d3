/** The functions of a module, each with a name that says where it stands and does not change when code elsewhere does. */
import type { Names } from '../syntax/scope.ts';
import { isFunction, isType } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { walk } from '../syntax/syntax.ts';
import type { Place } from './place.ts';
import { bounded, named, part, roled } from './place.ts';
import { Places } from './places.ts';

export interface ModuleFunction {
  readonly node: Node;
  /**
   * `parse` (declared, or `exports.parse = …`), `Foo.bar` (method or `Foo.prototype.bar`), `Foo.constructor`, `Foo.get bar`, `obj.a.b`,
   * `outer>inner`, `outer>each()` (argument of a call), `outer>return`, `exports` and `default` (the module's own), `outer>anonymous`;
   * `<wrapper>` for one that runs at once and adds nothing to the names inside. Repeats end in `~2`, `~3`. At most 320 characters.
   */
  readonly name: string;
  readonly outer: ModuleFunction | undefined;
}

export const WRAPPER = '<wrapper>';

/** Every function of a module in source order, with a qualified name that survives edits elsewhere and is unique in the module. */
export const functionsOf = (names: Names): readonly ModuleFunction[] => new Namer(names).functions();

class Namer {
  readonly #names: Names;
  readonly #places: Places;
  readonly #found: ModuleFunction[] = [];
  readonly #open: ModuleFunction[] = [];
  readonly #used = new Set<string>();
  /** Last number given to a repeated name. */
  readonly #repeats = new Map<string, number>();

  constructor(names: Names) {
    this.#names = names;
    this.#places = new Places(names);
  }

  functions(): readonly ModuleFunction[] {
    walk(
      this.#names.program,
      (node) => {
        if (isType(node)) return false;
        if (isFunction(node)) this.#enter(node);
        else this.#places.read(node);
        return true;
      },
      (node) => {
        if (!isFunction(node)) return;
        this.#open.pop();
        this.#places.leave();
      },
    );
    return this.#found;
  }

  #enter(node: Node): void {
    const wraps = this.#places.isWrapper(node);
    const place = this.#placeOf(node);
    const path = wraps ? WRAPPER : place.weak ? ownName(node) || place.path : place.path;
    const name = this.#unique(bounded(place.prefix + path));
    const fn = { node, name, outer: this.#open.at(-1) };
    this.#found.push(fn);
    this.#open.push(fn);
    this.#places.enter(node, name, place, wraps);
  }

  /** A declaration is named by itself wherever it stands; only an exported default may have no name. */
  #placeOf(node: Node): Place {
    const { prefix } = this.#places.around;
    const declared = node.type === 'FunctionDeclaration' ? ownName(node) : '';
    return declared === '' ? (this.#places.of(node) ?? roled(prefix, 'anonymous')) : named(prefix, declared);
  }

  #unique(name: string): string {
    let unique = name;
    for (let count = this.#repeats.get(name) ?? 1; this.#used.has(unique); unique = `${name}~${count}`) {
      count += 1;
      this.#repeats.set(name, count);
    }
    this.#used.add(unique);
    return unique;
  }
}

const ownName = (node: Node): string =>
  (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') && node.id ? part(node.id.name) : '';
