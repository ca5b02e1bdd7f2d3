import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../modules/sites.ts';
import type { CallFacts } from './call-facts.ts';
import { OP } from './call-facts.ts';

const compiled = (text: string, uri = 'x.js'): CallFacts => {
  const { calls, error } = factsOf(`${text}\n// require`, uri, new Set());
  if (calls === undefined) throw new Error(error ?? 'not followed');
  return calls;
};

/** Length of the operation that begins at `at`. */
const lengthAt = (ops: readonly number[], at: number): number => LENGTHS[ops[at] ?? -1] ?? 8 + (ops[at + 7] ?? 0);

const LENGTHS: Readonly<Record<number, number>> = {
  [OP.FUNCTION]: 3,
  [OP.OBJECT]: 3,
  [OP.MOVE]: 3,
  [OP.LOAD]: 5,
  [OP.STORE]: 5,
  [OP.REQUIRE]: 3,
  [OP.COPY]: 3,
  [OP.ELEMENTS]: 4,
  [OP.ESCAPE]: 3,
  [OP.RUN]: 3,
  [OP.TOUCH]: 2,
};

/** Codes of the operations; throws when the list is no list of operations. */
const codesOf = (ops: readonly number[]): readonly number[] => {
  const codes: number[] = [];
  for (let at = 0; at < ops.length; at += lengthAt(ops, at)) codes.push(ops[at] ?? -1);
  return codes;
};

const isWhole = ({ functions, names, variables }: CallFacts): boolean =>
  functions.every(({ ops, outer, result, params }, index) => {
    const ends = codesOf(ops).every((code) => Object.values(OP).some((known) => known === code));
    return ends && outer < index && [result, ...params].every((variable) => variable < variables);
  }) && new Set(names).size === names.length;

describe('call facts', () => {
  it('are plain data that comes back from JSON as it went', () => {
    const facts = compiled(
      'import f, { g } from "a"; export * from "b"; export const h = (cb, ...rest) => g(cb, ...rest); class A extends f {}',
    );
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    expect(isWhole(facts)).toBe(true);
    expect(facts.esm).toBe(true);
  });

  it('have the module first, and the functions around each', () => {
    const { functions } = compiled('function a() { return () => () => 1 }');
    expect(functions.map(({ name, outer }) => [name, outer])).toEqual([
      ['', -1],
      ['a', 0],
      ['a>return', 1],
      ['a>return>return', 2],
    ]);
  });

  it('are the same for the same text', () => {
    const text = 'const o = { a() {}, get b() { return 1 } }; for (const k in o) o[k](); new (class { #x = o })()';
    expect(compiled(text)).toEqual(compiled(text));
  });
});

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'prototype', 'get x', '*', '[]'])('%s', (name) => {
    const key = JSON.stringify(name);
    const facts = compiled(
      `const o = { [${key}]: f, ${key}: f }; o[${key}] = f; o[${key}](); const { ${key}: g } = o; exports[${key}] = g; function f() {}`,
    );
    expect(isWhole(facts)).toBe(true);
    expect(facts.names.every((each) => typeof each === 'string')).toBe(true);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])('variable %s', (name) => {
    const facts = compiled(`function ${name}(${name}2) { return ${name}2 } ${name}(${name}); class A { static ${name}x() {} }`);
    expect(facts.functions.map((fn) => fn.name)).toContain(name);
    expect(isWhole(facts)).toBe(true);
  });
});

describe('large and deep texts', () => {
  const many = (count: number, part: (at: number) => string): string => Array.from({ length: count }, (_, at) => part(at)).join('');

  it.each([
    ['sequence', `(a${many(10_000, () => ', f()')})`],
    ['list', `x = [f${many(10_000, () => ', f')}]`],
    ['object', `x = {${many(10_000, (at) => `a${at}: f,`)}}`],
    ['arguments', `f(f${many(10_000, () => ', f')})`],
    ['parameters', `function f(a${many(5000, (at) => `, a${at}`)}) {}`],
    ['nested functions', `${many(200, () => '(() => {')}${many(200, () => '})()')}`],
    ['nested objects', `x = ${many(200, () => '{ a: ')}f${many(200, () => '}')}`],
    ['nested patterns', `const ${many(200, () => '{ a: ')}f${many(200, () => '}')} = x; f()`],
    ['nested spread', `f(${many(200, () => '...g(')}x${many(200, () => ')')})`],
    ['names of one name', many(2000, () => 'var a = () => a(); ')],
  ])('%s', (_, text) => {
    expect(isWhole(compiled(text))).toBe(true);
  });

  const chains: readonly (readonly [string, (count: number) => string])[] = [
    ['members', (count) => `x${many(count, (at) => `.a${at}`)}`],
    ['chained methods', (count) => `x${many(count, () => '.a(f)')}`],
    ['calls', (count) => `x${many(count, () => '()')}`],
    ['sums', (count) => `x = 1${many(count, () => ' + a')}`],
    ['computed sums', (count) => `o[1${many(count, () => ' + a')}]()`],
    ['conditions', (count) => `x = ${many(count, () => 'a ? b : ')}c`],
    ['else if', (count) => `if (a) b();${many(count, () => ' else if (a) b();')}`],
    ['assignments', (count) => `${many(count, (at) => `a${at} = `)}f`],
  ];
  it.each(chains)('chain of 200 %s', (_, chain) => {
    expect(isWhole(compiled(chain(200)))).toBe(true);
  });

  it.each(chains)('chain of 10,000 %s is followed, or said to be too deep', (_, chain) => {
    const { calls, error } = factsOf(`${chain(10_000)}\n// require`, 'x.js', new Set());
    expect(calls === undefined ? error : isWhole(calls)).toSatisfy((is) => is === true || is === 'nests too deep to be read');
  });

  it('130,000 arguments', () => {
    expect(isWhole(compiled(`f(1${',1'.repeat(130_000)})`))).toBe(true);
  });

  it('keeps each of 5,000 functions of one name', () => {
    expect(compiled(many(5000, () => 'exports.f = function f() { f() };\n')).functions).toHaveLength(5001);
  });

  it('does not follow a text that nests too deep to be read', () => {
    const facts = factsOf(`${'['.repeat(100_000)}${']'.repeat(100_000)} // require`, 'x.js', new Set());
    expect(facts.calls).toBeUndefined();
    expect(facts.error).toMatch(/too deep/);
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...[
      'f',
      'o',
      'this',
      'super',
      'new ',
      'class ',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '=>',
      '=',
      ',',
      '.',
      ';',
      '...',
      '?.',
      '`',
      '${',
      '#x',
      'get ',
    ],
    ...[
      'async ',
      'await ',
      'yield ',
      'function* ',
      'function ',
      'return ',
      'import ',
      'export ',
      'default ',
      'from "a"',
      'require("a")',
      '__proto__',
    ],
  );

  it('ends without throwing', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), (words) => {
        const { calls, error } = factsOf(`${words.join('')}\n// require`, 'x.js', new Set());
        expect(error !== undefined || (calls !== undefined && isWhole(calls))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
