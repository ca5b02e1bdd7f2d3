/** What a module says of views: `res.render('name')`, `app.set('view engine', 'ejs')`, `app.engine('html', fn)`. */
import { memberName } from '../syntax/builtin.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Folding } from './fold.ts';
import { fold } from './fold.ts';
import type { Views } from './module-facts.ts';
import type { Pattern } from './pattern.ts';
import { UNKNOWN } from './pattern.ts';

/** Arguments that are not the name of a view, whatever is rendered there (React, widgets). */
const NO_NAME = /^(?:JSX|Object|Array|Function|Arrow|Class|New)/;

export class ViewReader {
  readonly #rendered: Pattern[] = [];
  readonly #engines: Pattern[] = [];
  readonly #registered: Pattern[] = [];
  readonly #folding: Folding;

  constructor(folding: Folding) {
    this.#folding = folding;
  }

  read(call: Node & { type: 'CallExpression' }): void {
    const name = memberName(call.callee);
    const [first, second] = call.arguments;
    if (first === undefined) return;
    if (name === 'render' && !NO_NAME.test(first.type)) this.#rendered.push(...this.#texts(first));
    else if (name === 'engine' && second !== undefined) this.#registered.push(...this.#texts(first));
    else if (name === 'set' && second !== undefined && isSetting(first)) this.#engines.push(...this.#texts(second));
  }

  /** `app.settings['view engine'] = x` and other ways to name the setting: not followed. */
  readSetting(node: Node, parent: Node | undefined): void {
    if (!isSetting(node) || parent?.type === 'CallExpression') return;
    this.#engines.push(UNKNOWN);
  }

  get found(): Views | undefined {
    const parts = { rendered: this.#rendered, engines: this.#engines, registered: this.#registered };
    return Object.values(parts).some((part) => part.length > 0) ? parts : undefined;
  }

  #texts(node: Node): readonly Pattern[] {
    return node.type === 'SpreadElement' ? [UNKNOWN] : fold(this.#folding, node);
  }
}

const isSetting = (node: Node): boolean => node.type === 'Literal' && node.value === 'view engine';
