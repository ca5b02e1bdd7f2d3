import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceIn } from './evidence.ts';
import { fitCovered } from './fit.ts';
import { parseJson } from './json.ts';
import { languageLines, linesOfLengths, shownLines } from './lines.ts';
import { shapesOf } from './shapes.ts';
import { segmentsOfSource, sourcesOf, statedMap } from './source-map.ts';

describe('lines', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u2028', '😀') });

  it('give back the offset of every place', () => {
    fc.assert(
      fc.property(text, (content) => {
        for (const lines of [languageLines(content), shownLines(content)]) {
          for (let at = 0; at <= content.length; at += 1) expect(lines.offset(...lines.at(at))).toBe(at);
        }
        const lengths = content.split('\n').map((line) => line.length);
        for (let at = 0; at <= content.length; at += 1) expect(linesOfLengths(lengths).at(at)).toEqual(shownLines(content).at(at));
      }),
    );
  });

  it('have no place beyond a line', () => {
    const lines = languageLines('ab\r\ncd');
    expect([lines.offset(0, 3), lines.offset(0, 4), lines.offset(1, 2), lines.offset(1, 3), lines.offset(2, 0)]).toEqual([
      3,
      undefined,
      6,
      undefined,
      undefined,
    ]);
    expect(lines.place(4)).toEqual([2, 1]);
  });
});

describe('shapes', () => {
  const piece = fc.constantFrom(
    'a => a',
    '(b) => { return b }',
    'async () => 1',
    'function n(a = () => 2) { return a }',
    '({ m() {}, get g() { return 1 }, async *[1]() {} })',
    'class { static #p() {} constructor(a) {} f = () => 3 }',
  );
  const program = fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.map((each, index) => `const v${index} = ${each};`).join('\n'));

  it('are found by what coverage, profiles and source maps say of them', () => {
    fc.assert(
      fc.property(program, (text) => {
        const shapes = shapesOf(text, 'a.js');
        expect(shapes?.all.length).toBeGreaterThan(0);
        for (const shape of shapes?.all ?? []) {
          expect(shapes?.covered(shape.kind === 'method' ? shape.lead : shape.start, shape.end)).toBe(shape);
          const parameters = shape.kind === 'arrow' ? shape.start : text.indexOf('(', shape.start);
          expect(shapes?.sampled(text, parameters)).toBe(shape);
          expect(shapes?.mapped(shape.start, shape.end - 1)).toBe(shape);
        }
      }),
    );
  });

  it('take no time that grows with the square of the text', () => {
    const flat = shapesOf('f(() => 1);'.repeat(20_000), 'a.js');
    expect(flat?.all.length).toBe(20_000);
    expect(flat?.covered(2, 9)).toBeDefined();
    const curried = shapesOf(`x = ${'a => '.repeat(400)}1`, 'a.js');
    expect(curried?.all.length).toBe(400);
  });

  it('are none in a text that does not parse', () => expect(shapesOf('function (', 'a.js')).toBeUndefined());
});

describe('evidence', () => {
  it('is nothing that any JSON may be', () => {
    fc.assert(fc.property(fc.json(), (text) => evidenceIn(JSON.parse(text)) === undefined || text.includes('result')));
    const names = ['result', 'functions', 'url', 'nodes', 'startTime', 'ranges', 'callFrame', 'profile', 'source-map-cache', 'data'];
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, 0, -1, 1e300, '', 'file:///a.js', true),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, (some) => (evidenceIn(some)?.scripts ?? []).every(({ url }) => url.startsWith('file:'))),
      { numRuns: 500 },
    );
  });

  it('leaves out Node itself, evaluated text and other pages', () => {
    const functions = [{ functionName: '', ranges: [{ startOffset: 0, endOffset: 1, count: 1 }] }];
    const urls = ['node:fs', '', 'evalmachine.<anonymous>', 'https://example.org/a.js', 'wasm://x', 'file:///a.js', '/b.js', 'D:\\c.js'];
    expect(evidenceIn({ result: urls.map((url) => ({ url, functions })) })?.scripts.map(({ url }) => url)).toEqual(urls.slice(5));
  });

  it('is bounded in what it may grow to', () => {
    expect(parseJson(Buffer.from('{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
    expect(parseJson(Buffer.from(`[${'{},'.repeat(13_000_000)}{}]`))).toMatchObject({
      ok: false,
      error: expect.stringContaining('values'),
    });
    expect(parseJson(Buffer.from(`{"a":"${'x'.repeat(13_000_000)}"}`)).ok).toBe(true);
    expect(parseJson(Buffer.from('[1,'))).toMatchObject({ ok: false });
    expect(parseJson(Buffer.from(''))).toMatchObject({ ok: false });
  });

  it('fits no text that ends elsewhere', () => {
    const text = 'function a() {}\nfunction b() {}\n';
    const shapes = shapesOf(text, 'a.js');
    if (shapes === undefined) throw new Error('does not parse');
    const fit = (...functions: readonly (readonly [number, number])[]) =>
      fitCovered(
        { url: 'file:///a.js', functions: functions.map(([start, end]) => ({ name: '', start, end, ran: true })) },
        { text, shapes },
      )?.length;
    expect(fit([0, 32], [0, 15], [16, 31])).toBe(3);
    expect(fit([0, 15], [16, 31])).toBe(2);
    expect(fit([0, 33], [0, 15])).toBeUndefined();
    expect(fit([0, 40], [0, 15], [16, 31])).toBeUndefined();
    expect(fit([0, 32], [0, 14])).toBeUndefined();
    expect(fit([0, 132], [50, 130], [60, 75], [76, 91])).toBe(3); // wrapped by 60 letters
    expect(fit([0, 132], [50, 130], [60, 75], [76, 92])).toBeUndefined();
    expect(fit()).toBeUndefined();
  });
});

describe('source maps', () => {
  const script = ['app', 'dist', 'a.js'];

  it('name sources as paths of the machine where the code ran', () => {
    const path = (name: string, payload: object = {}) => segmentsOfSource(script, payload, name)?.join('/');
    expect(path('../src/a.ts')).toBe('app/src/a.ts');
    expect(path('file:///app/src/a.ts')).toBe('app/src/a.ts');
    expect(path('a.ts', { sourceRoot: '../src' })).toBe('app/src/a.ts');
    expect(path('a.ts', { sourceRoot: 'file:///app/src' })).toBe('app/src/a.ts');
    expect(path('webpack://shop/./src/a.ts?1a2b')).toBe('src/a.ts');
    expect(path('webpack:///src/a.ts')).toBe('src/a.ts');
    expect(path('webpack://shop/../lib/a.ts')).toBe('lib/a.ts');
    expect(path('../../../../../etc/passwd')).toBe('etc/passwd'); // is only compared with files of the target
    expect(path('')).toBe('app/dist');
  });

  it('are found in the last comment of a text', () => {
    expect(statedMap('a\n//# sourceMappingURL=x.js.map')).toEqual({ file: 'x.js.map' });
    expect(statedMap('a\n/*# sourceMappingURL=x.js.map */')).toEqual({ file: 'x.js.map' });
    expect(statedMap('//# sourceMappingURL=old.map\nb\n//# sourceMappingURL=new.map\n')).toEqual({ file: 'new.map' });
    const inline = Buffer.from('{"version":3}').toString('base64');
    expect(statedMap(`//# sourceMappingURL=data:application/json;charset=utf-8;base64,${inline}`)).toEqual({ payload: { version: 3 } });
    expect(statedMap('//# sourceMappingURL=https://example.org/x.map')).toBeUndefined();
    expect(statedMap('//# sourceMappingURL=data:application/json;base64,AAAA')).toBeUndefined();
    expect(statedMap('a()')).toBeUndefined();
    expect(statedMap('//# sourceMappingURL='.repeat(50_000))).toBeUndefined();
  });

  it('that are none give nothing', () => {
    const lines = shownLines('function a() {}');
    const odd = fc.oneof(fc.constantFrom('AAAA', ';;;,,', '💥', 'zzzzzzzzzzzzzz', '/'), fc.string(), fc.integer(), fc.constant(null));
    const payload = fc.record(
      { version: odd, sources: fc.oneof(odd, fc.array(odd)), mappings: odd, sections: fc.oneof(odd, fc.array(odd)), names: odd },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(payload, (map) => Array.isArray(sourcesOf(map, [{ name: 'a', start: 0, end: 15 }], lines, true))),
      { numRuns: 500 },
    );
  });
});
