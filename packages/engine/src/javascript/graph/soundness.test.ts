import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../modules/sites.ts';
import { callGraphOf } from './solver.ts';

const FUNCTIONS = 7;

/** One statement in the body of a function: a way to hand on or to call one of the others; without the gaps that programs.txt names. */
const STATEMENTS: readonly ((a: number, b: number) => string)[] = [
  (a) => `f${a}();`,
  (a, b) => `f${a}(f${b});`,
  () => 'if (cb) cb();',
  (a) => `if (cb) cb(f${a});`,
  (a, b) => `{ const v = f${a}; const w = v; w(f${b}); }`,
  (a) => `o.p${a} = f${a};`,
  (a) => `if (o.p${a}) o.p${a}();`,
  (a) => `if (cb) o.p${a} = cb;`,
  (a) => `{ const { p${a}: q } = o; if (q) q(); }`,
  (a) => `list.push(f${a});`,
  () => 'list.forEach((each) => each());',
  () => 'for (const each of list) each();',
  (a) => `[1].map(f${a});`,
  (a) => `table['k' + ${a}] = f${a};`,
  (a) => `{ const k = 'k' + (${a} * 1); if (table[k]) table[k](); }`,
  (a) => `return f${a};`,
  () => 'return cb;',
  (a, b) => `{ const r = f${a}(f${b}); if (typeof r === 'function') r(); }`,
  (a, b) => `f${a}.call(null, f${b});`,
  (a, b) => `f${a}.apply(null, [f${b}]);`,
  (a, b) => `f${a}.bind(null, f${b})();`,
  (a) => `((g) => g())(f${a});`,
  (a, b) => `(cb || f${a})(f${b});`,
  (a, b) => `{ let s = f${a}; if (cb) s = cb; s(f${b}); }`,
  (a) => `late = f${a};`,
  () => 'if (late) late();',
  (a) => `o.m${a % 3}(f${a});`,
  (a) => `new C(f${a}).run();`,
  (a) => `new D(f${a}).take();`,
  (a) => `Object.assign(o, { p${a}: f${a} });`,
  (a, b) => `{ const [x] = [f${a}]; x(f${b}); }`,
  (a) => `try { throw 1 } catch { f${a}() }`,
];

const statement = fc
  .tuple(fc.nat(STATEMENTS.length - 1), fc.nat(FUNCTIONS - 1), fc.nat(FUNCTIONS - 1))
  .map(([which, a, b]) => STATEMENTS[which]?.(a, b) ?? '');
const body = fc.array(statement, { maxLength: 4 }).map((all) => all.join(' '));

/** What each function does first; the fuel ends programs that call in circles. */
const enter = (name: string): string => `if (!hit('${name}')) return;`;

const programOf = (bodies: readonly string[], root: string): string =>
  [
    'let late; const o = {}; const list = []; const table = {};',
    ...[0, 1, 2].map((at) => `o.m${at} = function m${at}(cb) { ${enter(`o.m${at}`)} ${bodies[FUNCTIONS + at]} };`),
    `class C { constructor(cb) { this.cb = cb; hit('C.constructor'); } run() { ${enter('C.run')} const cb = this.cb; ${bodies[FUNCTIONS + 3]} } }`,
    `class D extends C { constructor(cb) { super(cb); } take() { ${enter('D.take')} this.run(); } }`,
    ...bodies.slice(0, FUNCTIONS).map((text, at) => `function f${at}(cb) { ${enter(`f${at}`)} ${text} }`),
    `(function main(cb) { ${root} })();`,
  ].join('\n');

/** Names of the functions that run; the program is our own, made of the statements above. */
const ranIn = (text: string): ReadonlySet<string> => {
  const ran = new Set<string>();
  let fuel = 300;
  const hit = (name: string): boolean => {
    ran.add(name);
    fuel -= 1;
    return fuel > 0;
  };
  try {
    new Function('hit', text)(hit);
  } catch (error) {
    if (!(error instanceof Error)) throw error; // what a program throws ends it: `list` may hold a function that throws
  }
  return ran;
};

const reachedIn = (text: string): ReadonlySet<string> => {
  const { calls } = factsOf(`${text} // require`, 'main.js', new Set());
  if (calls === undefined) throw new Error(`not parsed: ${text}`);
  const graph = callGraphOf([{ facts: calls, loads: [], further: [] }], [{ module: 0, exportsCalled: false }]);
  return new Set(calls.functions.filter((_, fn) => graph.isReached({ module: 0, fn })).map(({ name }) => name));
};

describe('soundness', () => {
  it('every function that ran is reached', () => {
    fc.assert(
      fc.property(fc.array(body, { minLength: FUNCTIONS + 4, maxLength: FUNCTIONS + 4 }), body, (bodies, root) => {
        const text = programOf(bodies, root);
        const reached = reachedIn(text);
        expect([...ranIn(text)].filter((name) => !reached.has(name))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is tried on programs that run, and on functions that do not', () => {
    const bodies = Array.from({ length: FUNCTIONS + 4 }, (_, at) => `f${(at + 2) % FUNCTIONS}();`);
    const text = programOf(bodies, 'f0(); o.m1(f0);');
    expect([...ranIn(text)].sort()).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'o.m1']);
    expect(reachedIn(text).has('o.m2')).toBe(false);
  });
});
