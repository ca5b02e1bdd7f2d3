/** Tells whether evidence is of this very text, and of which of its functions. */
import type { CoveredFunction, CoveredScript, SampledFunction } from './evidence.ts';
import type { Shape, Shapes } from './shapes.ts';

export interface Code {
  readonly text: string;
  readonly shapes: Shapes;
}

/** A function of the text that ran; undefined shape = the module itself. */
export interface Ran {
  readonly name: string;
  readonly shape: Shape | undefined;
}

/** V8's own functions for fields and static blocks: no function of the text. */
const isSynthetic = ({ name }: { readonly name: string }): boolean => /^<(?:instance_members|static)_initializer>$/.test(name);

/** One in twenty may be of a form that a newer V8 counts and we do not know. */
const FORGIVEN = 1 / 20;
/** Wrappers are told by where the first functions stand; so many are tried. */
const TRIES = 40;

/**
 * What of `code` ran, or undefined when the script was another text: the module must end where the text does, and functions must be where
 * functions of that name are. Test runners wrap a module into a function; then everything is shifted by the same amount.
 */
export const fitCovered = (script: CoveredScript, code: Code): readonly Ran[] | undefined => {
  const [first, ...rest] = script.functions;
  if (first === undefined) return undefined;
  const isModule = first.start === 0 && code.shapes.covered(first.start, first.end) === undefined;
  const module: Ran[] = isModule && first.ran ? [{ name: '', shape: undefined }] : [];
  const inner = (isModule ? rest : script.functions).filter((fn) => !isSynthetic(fn));
  if (isModule && first.end === code.text.length) return added(module, shifted(inner, code, 0, FORGIVEN));
  // taken a second time: only what ran since, and not how long the text is
  if (!isModule) return inner.length > 0 ? shifted(inner, code, 0, 0) : undefined;
  const marked = first.end - code.text.length; // the byte order mark is in one of both only
  if (Math.abs(marked) === 1 && inner.length > 0) return added(module, shifted(inner, code, marked, 0));
  return added(module, unwrapped(first, inner, code));
};

/** V8 names functions without a name by what they are assigned to: `exports.parse`. */
const isNamedElse = (name: string, { name: expected }: Shape): boolean =>
  expected !== undefined && name !== '' && lastOf(name) !== lastOf(expected);

const added = (module: readonly Ran[], found: readonly Ran[] | undefined): readonly Ran[] | undefined =>
  found === undefined ? undefined : [...module, ...found];

const shifted = (functions: readonly CoveredFunction[], code: Code, by: number, forgiven: number): readonly Ran[] | undefined => {
  const found: Ran[] = [];
  let misses = 0;
  for (const { name, start, end, ran } of functions) {
    const shape = code.shapes.covered(start - by, end - by);
    if (shape === undefined || isNamedElse(name, shape)) misses += 1;
    else if (ran) found.push({ name, shape });
    if (misses > functions.length * forgiven) return undefined;
  }
  return found;
};

/** `({"Object.<anonymous>":function(module,exports,require){` + text + `}})`, as Jest runs a module. */
const unwrapped = (module: CoveredFunction, inner: readonly CoveredFunction[], code: Code): readonly Ran[] | undefined => {
  const [wrapper, ...rest] = inner;
  const [first] = rest;
  if (wrapper === undefined || first === undefined || module.end < code.text.length) return undefined;
  for (const { start, end, lead } of code.shapes.all.slice(0, TRIES)) {
    const by = [first.start - start, first.start - lead].find((shift) => end + shift === first.end);
    if (by === undefined || by <= wrapper.start || by + code.text.length > wrapper.end) continue;
    const found = shifted(rest, code, by, 0);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Profiles say neither how long a text was nor where functions end: every place must be one where a function begins, and one of
 * them at least must have its name, or nothing is known (empty). `offsetOf`: of 0-based line and column.
 */
export const fitSampled = (
  functions: readonly SampledFunction[],
  code: Code,
  offsetOf: (line: number, column: number) => number | undefined,
): readonly Ran[] | undefined => {
  const found: Ran[] = [];
  let named = 0;
  for (const fn of functions) {
    if (isSynthetic(fn)) continue;
    const at = offsetOf(fn.line, fn.column);
    const shape = at === undefined ? undefined : code.shapes.sampled(code.text, at);
    if (shape === undefined ? at !== 0 || fn.name !== '' : isNamedElse(fn.name, shape)) return undefined;
    if (shape?.name !== undefined && fn.name !== '') named += 1;
    found.push({ name: fn.name, shape });
  }
  return named > 0 ? found : [];
};

/** `get size` → `size`, `exports.parse` → `parse`: V8 names a function after what it is assigned to. */
export const lastOf = (name: string): string => name.replace(/^[gs]et /, '').replace(/^.*[.]/, '');
