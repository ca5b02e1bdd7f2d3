import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonCursor, JsonError } from './json-cursor.ts';

const accepts = (text: string): boolean => {
  try {
    const cursor = new JsonCursor(text);
    cursor.skip();
    cursor.end();
    return true;
  } catch (error) {
    if (error instanceof JsonError) return false;
    throw error;
  }
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const failure = (text: string): JsonError => {
  try {
    new JsonCursor(text).skip();
  } catch (error) {
    if (error instanceof JsonError) return error;
  }
  throw new Error('nothing was thrown');
};

describe('JsonCursor', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '"',
      '1',
      '-0.5e+3',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
      '\t',
    );
    const soup = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const mutated = fc
      .tuple(fc.json(), fc.nat(), piece)
      .map(([json, at, p]) => json.slice(0, at % (json.length + 1)) + p + json.slice((at % (json.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), soup, mutated, fc.string()), (text) => {
        expect(accepts(text)).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the region of every key, across line breaks and escapes', () => {
    const text = '{\r\n  "a" \n\n :\n 1, "\\u0062" : {"c":2}\n}';
    const seen: unknown[] = [];
    const cursor = new JsonCursor(text);
    cursor.object((key, at) => {
      seen.push([key, at.startLine, at.startColumn, at.endLine, at.endColumn]);
      if (cursor.next === '{') cursor.object((inner, innerAt) => seen.push([inner, innerAt.startLine, innerAt.startColumn]));
    });
    cursor.end();
    expect(seen).toEqual([
      ['a', 2, 3, 2, 6],
      ['b', 5, 5, 5, 13],
      ['c', 5, 17],
    ]);
  });

  it('says what was expected, what was found, and the line', () => {
    expect(failure('{\n  "a": 1,\n  b: 2\n}')).toMatchObject({
      line: 3,
      message: expect.stringContaining('expected a key in quotes, found b: 2'),
    });
    expect(failure('{"a": 1')).toMatchObject({ message: 'expected , or }, found the end of the file' });
    expect(failure('{\n"a": "x\n"}')).toMatchObject({ line: 2, message: expect.stringContaining('ends with a quote') });
    expect(failure('{\n<<<<<<< HEAD\n')).toMatchObject({ line: 2, message: 'an unresolved merge' });
    expect(failure('\u001b[31m').message).not.toContain('\u001b');
  });

  it('is bounded in depth and in members', () => {
    expect(accepts('['.repeat(256) + ']'.repeat(256))).toBe(true);
    expect(failure('['.repeat(1_000_000)).message).toContain('256 levels');
    expect(() => new JsonCursor('{"a":1,"b":2}', { depth: 9, members: 1 }).skip()).toThrow('no more than 1 entries');
  });
});
