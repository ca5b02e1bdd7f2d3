import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestsTooDeep } from './nesting.ts';

const MANY = 40_000;

describe('nesting', () => {
  it.each([
    '(',
    '[',
    '{',
    '!',
    '! ',
    'a+',
    'a?b:',
    'a?{}:',
    'if(a){}else ',
    'if(a)\n',
    'a=>',
    'a=',
    'function f(){',
    'new ',
    'a**',
    '`${',
    'a:',
    'await ',
    'while(1)',
    'for(;;)',
    'do ',
  ])('refuses %j without end', (piece) => {
    expect(nestsTooDeep(piece.repeat(MANY))).toBe(true);
    expect(nestsTooDeep(piece.repeat(50))).toBe(false);
  });

  it.each([
    'f();\n',
    'a = b\n',
    'f()\n',
    'if (a) { b() }\n',
    'x = [1, 2];',
    'f(`${a}`)\n',
    '"(",\n',
    "'((('\n",
    '// ((((\n',
    '/* (( */ a\n',
    'a = /[(]/\n',
    'function f() { return 1 }\n',
    'case 1: a(); break\n',
  ])('accepts %j as often as one likes', (line) => {
    expect(nestsTooDeep(line.repeat(20_000))).toBe(false);
  });

  it('is not fooled by a division or a regular expression', () => {
    expect(nestsTooDeep(`x = a / ${'('.repeat(MANY)}`)).toBe(true);
    expect(nestsTooDeep(`(function () {} / ${'('.repeat(MANY)} / 1)`)).toBe(true);
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'`${}()[]/\\\'"*\n a') }), (text) => typeof nestsTooDeep(text) === 'boolean'),
    );
  });
});
