import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsFor, targetsOf } from './exports-field.ts';

const required = conditionsFor(['require']);
const imported = conditionsFor(['import']);
const both = conditionsFor(['import', 'require']);

describe('exports of package.json', () => {
  it.each([
    ['./x.js', '.', ['./x.js']],
    [{ import: './x.mjs', require: './x.cjs' }, '.', ['./x.cjs']],
    [{ '.': './a.js', './b': './b.js' }, './b', ['./b.js']],
    [{ './*': './lib/*.js' }, './a/b', ['./lib/a/b.js']],
    [{ './*.js': './lib/*.js', './*': './no/*' }, './a.js', ['./lib/a.js']],
    [{ './*': './lib/*', './internal/*': null }, './internal/a', []],
    [{ './lib/': './lib/' }, './lib/a.js', ['./lib/a.js']],
    [{ node: { import: './n.mjs', default: './n.cjs' }, default: './d.js' }, '.', ['./n.cjs']],
    [{ browser: './b.js', default: './d.js' }, '.', ['./d.js']],
    [{ 'module-sync': './s.mjs', default: './d.js' }, '.', ['./s.mjs', './d.js']],
    [['./a.js', './b.js'], '.', ['./a.js', './b.js']],
    [{ '.': './a.js' }, './hidden', []],
  ])('%j at %s', (field, key, expected) => {
    expect(targetsOf(field, key, required)).toEqual(expected);
  });

  it('differs by how it is asked for', () => {
    const field = { import: './x.mjs', require: './x.cjs' };
    expect(targetsOf(field, '.', imported)).toEqual(['./x.mjs']);
    expect(targetsOf(field, '.', both)).toEqual(['./x.mjs', './x.cjs']);
  });

  it('never throws for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('.', './a', '#a'), (field, key) => Array.isArray(targetsOf(field, key, required))),
    );
  });
});
