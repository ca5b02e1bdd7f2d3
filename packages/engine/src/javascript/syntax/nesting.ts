/**
 * How deep a parser would have to recurse, told without parsing: a native parser has no guard against `((((…` or `!!!!…`,
 * and running out of stack would end the whole scan. An estimate that errs on the deep side.
 */

/** Well below what overflows 4 MB of stack, far above what people or bundlers write. */
const MAX_COST = 1_800;

const TOKEN =
  /\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[A-Za-z_$][\w$]*|\d[\w.]*|\n|=>|[`()[\]{};,?:]|[=!<>+\-*/%&|^~.]+/g;

/** Each may stand before another of its kind without an end in sight. */
const PREFIX = new Set([
  'new',
  'await',
  'typeof',
  'void',
  'delete',
  'yield',
  'else',
  'if',
  'while',
  'for',
  'do',
  'with',
  'async',
  'function',
]);
const CONTROL = new Set(['if', 'while', 'for', 'with']);
const GOES_ON = new Set(['else', 'catch', 'finally', 'while', 'of', 'in', 'instanceof', 'as']);
const WORD = /^[A-Za-z_$\d"']/;

/** One open bracket; `cost` is what its unfinished chain of operators and prefixes adds to the depth. */
interface Level {
  cost: number;
  /** `if (a) b(); else if (a) b(); else …`: each `else` that follows a `;` is inside of the one before. */
  elses: number;
  readonly control: boolean;
  readonly template: boolean;
}

/** true when the text nests deeper than is safe to parse. Linear in the text. */
export const nestsTooDeep = (text: string): boolean => new Nesting(text).tooDeep();

class Nesting {
  readonly #text: string;
  readonly #levels: Level[] = [{ cost: 0, elses: 0, control: false, template: false }];
  #total = 0;
  /** The token before, and whether a line ended since. */
  #last = ';';
  #newline = false;

  constructor(text: string) {
    this.#text = text;
  }

  tooDeep(): boolean {
    const tokens = new RegExp(TOKEN);
    for (let match = tokens.exec(this.#text); match !== null; match = tokens.exec(this.#text)) {
      const goOn = this.#token(match[0], match.index, tokens.lastIndex);
      if (goOn !== undefined) tokens.lastIndex = goOn;
      if (this.#total > MAX_COST) return true;
    }
    return false;
  }

  /** Where to go on, when that is not right after the token. */
  #token(token: string, start: number, end: number): number | undefined {
    if (token.startsWith('//') || token.startsWith('/*')) return undefined;
    if (token === '`') return this.#template(end);
    if (token === '}' && this.#levels.at(-1)?.template === true) return this.#template(end, true);
    if (token.startsWith('/') && this.#regexMayStart()) return this.#regex(start);
    if (token === '\n') this.#newline = true;
    else this.#take(token);
    return undefined;
  }

  #take(token: string): void {
    if (this.#endsStatement(token)) this.#reset();
    if (this.#last === ';') this.#countElse(token);
    if ('([{'.includes(token)) this.#open(token === '(' && CONTROL.has(this.#last), false);
    else if (')]}'.includes(token)) this.#close(token);
    else if (token === ';' || token === ',') this.#reset();
    else if (PREFIX.has(token) || token === '?' || token === ':' || token === '=' || token === '=>') this.#add(1);
    else if (!WORD.test(token)) this.#add(token.length / 5);
    if (token !== ')') this.#last = token;
    this.#newline = false;
  }

  /** A line that ends where a statement can end, and goes on with a word, begins another one. */
  #endsStatement(token: string): boolean {
    if (!WORD.test(token) || GOES_ON.has(token)) return false;
    if (this.#last === '}') return true;
    return this.#newline && (this.#last === ')' || this.#last === ']' || (WORD.test(this.#last) && !PREFIX.has(this.#last)));
  }

  #countElse(token: string): void {
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    level.elses = token === 'else' ? level.elses + 1 : 0;
    this.#add(level.elses);
  }

  #open(control: boolean, template: boolean): void {
    this.#levels.push({ cost: 0, elses: 0, control, template });
    this.#total += 2;
  }

  #close(token: string): void {
    const level = this.#levels.length > 1 ? this.#levels.pop() : undefined;
    if (level === undefined) return;
    this.#total -= 2 + level.cost;
    if (token === ')') this.#last = level.control ? 'if' : ')'; // after `if (…)` a statement follows: no end of one
  }

  #add(cost: number): void {
    const level = this.#levels.at(-1);
    if (level !== undefined) level.cost += cost;
    this.#total += cost;
  }

  #reset(): void {
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    this.#total -= level.cost;
    level.cost = 0;
  }

  #regexMayStart(): boolean {
    return !WORD.test(this.#last) ? this.#last !== ')' && this.#last !== ']' : PREFIX.has(this.#last) || this.#last === 'return';
  }

  /** Skips a regular expression, but counts what would nest if it were none: `a /((((…` is a division. */
  #regex(start: number): number {
    const end = regexEnd(this.#text, start + 1);
    let depth = 0;
    let deepest = 0;
    for (const letter of this.#text.slice(start, end)) {
      if ('([{!~?'.includes(letter)) depth += 1;
      else if (')]}'.includes(letter)) depth -= 1;
      deepest = Math.max(deepest, depth);
    }
    if (this.#total + deepest > MAX_COST) this.#total += deepest;
    this.#last = ')';
    return end;
  }

  /** From inside a template to its end or to the next `${`. */
  #template(from: number, resumed = false): number {
    if (resumed) this.#close('}');
    let at = from;
    for (; at < this.#text.length; at += 1) {
      const letter = this.#text[at];
      if (letter === '\\') at += 1;
      else if (letter === '`') break;
      else if (letter === '$' && this.#text[at + 1] === '{') {
        this.#open(false, true);
        this.#last = '(';
        return at + 2;
      }
    }
    this.#last = ')';
    return at + 1;
  }
}

const regexEnd = (text: string, from: number): number => {
  let inClass = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\n') return at;
    if (letter === '\\') at += 1;
    else if (letter === '[') inClass = true;
    else if (letter === ']') inClass = false;
    else if (letter === '/' && !inClass) return at + 1;
  }
  return text.length;
};
