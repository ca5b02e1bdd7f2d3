import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from './locate.ts';
import type { Json } from './plain.ts';
import { isObject, mergeChanges, same } from './plain.ts';
import { rewrite } from './rewrite.ts';

const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));
const indents = fc.constantFrom('', '  ', '\t', '    ');

describe('rewrite', () => {
  it('gives a text of the new value, whatever the old one was', () => {
    fc.assert(
      fc.property(anyJson, anyJson, indents, (old, next, indent) => {
        expect(same(JSON.parse(rewrite(`${JSON.stringify(old, null, indent)}\n`, next)), next)).toBe(true);
      }),
    );
  });

  it('keeps every byte when nothing changes', () => {
    fc.assert(
      fc.property(anyJson, indents, (value, indent) => {
        const text = ` ${JSON.stringify(value, null, indent)}\r\n`;
        expect(rewrite(text, value)).toBe(text);
      }),
    );
  });

  it('changes one string in place and leaves odd formatting alone', () => {
    const text = '{ "a" : "1",\n\n\t"b":{"c":  "2" , "d": [1,\n2]} }\n';
    expect(rewrite(text, { a: '1', b: { c: '3', d: [1, 2] } })).toBe('{ "a" : "1",\n\n\t"b":{"c":  "3" , "d": [1,\n2]} }\n');
  });

  it('puts a new member into its place and takes an old one out, in the style of the text', () => {
    const text = '{\n    "a": 1,\n    "c": { "x": 1 }\n}';
    expect(rewrite(text, { a: 1, b: { y: [] }, c: { x: 1 } })).toBe(
      '{\n    "a": 1,\n    "b": {\n        "y": []\n    },\n    "c": { "x": 1 }\n}',
    );
    expect(rewrite(text, { c: { x: 1 } })).toBe('{\n    "c": { "x": 1 }\n}');
  });

  it('keeps Windows line ends and a byte order mark', () => {
    expect(rewrite('\uFEFF{\r\n  "a": 1\r\n}\r\n', { a: { b: 2 } })).toBe('\uFEFF{\r\n  "a": {\r\n    "b": 2\r\n  }\r\n}\r\n');
  });
});

describe('locate', () => {
  it.each(['', '{', '{"a" 1}', '[1 2]', '{"a":1} x', '{"a":1,"a":2}', '['.repeat(5_000)])('refuses %j', (text) => {
    expect(() => locate(text)).toThrow();
  });

  it('reads a megabyte of the worst repeat', () => {
    const text = `{"a":"${'\\\\'.repeat(500_000)}","b":${' '.repeat(500_000)}1}`;
    expect(locate(text).kind).toBe('object');
    expect(() => locate(`"${'\\\\'.repeat(500_000)}`)).toThrow();
  });
});

describe('mergeChanges', () => {
  it('keeps what a tool rewrote unasked and takes what it changed', () => {
    const mine = { z: 1, a: { odd: true, v: '1' } };
    const base = { a: { v: '1' }, z: 1 };
    expect(mergeChanges(mine, base, { a: { v: '2' }, n: 0, z: 1 })).toEqual({ z: 1, a: { odd: true, v: '2' }, n: 0 });
  });

  it('is what the tool wrote when mine is what it read', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (base, theirs) => {
        expect(same(mergeChanges(base, base, theirs), theirs)).toBe(true);
      }),
    );
  });

  it('removes what the tool removed', () => {
    const merged = mergeChanges({ a: 1, b: 2 }, { a: 1, b: 2 }, { b: 2 });
    expect(isObject(merged) && Object.keys(merged)).toEqual(['b']);
  });
});
