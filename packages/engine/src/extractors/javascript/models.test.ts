import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsGlob, loadModels, modelsFrom } from './models.ts';

const site = { kind: 'require', line: 81, text: 'require(mod)' } as const;

describe('models of known packages', () => {
  it('are of the right shape, each with its reason', async () => {
    const models = await loadModels();
    expect(models.find('express', '4.17.1', 'lib/view.js', site)).toMatchObject({ 'loads-view-engines': true });
    expect(models.watched.has('template')).toBe(true);
  });

  it('hold for the versions, the file, the kind and the text that were read, and nothing else', async () => {
    const { find } = await loadModels();
    expect(find('express', '9.0.0', 'lib/view.js', site)).toBeUndefined();
    expect(find('express', '4.17.1', 'lib/other.js', site)).toBeUndefined();
    expect(find('express', '4.17.1', 'lib/view.js', { ...site, text: 'require(other)' })).toBeUndefined();
    expect(find('express', '4.17.1', 'lib/view.js', { ...site, kind: 'eval' })).toBeUndefined();
    expect(find('express2', '4.17.1', 'lib/view.js', site)).toBeUndefined();
  });

  it('refuse an entry without a reason', () => {
    expect(() => modelsFrom('models:\n  - { package: a, versions: 1.0.0, file: a.js, site: eval, text: eval(x) }')).toThrow();
  });

  it('match globs by their parts', () => {
    expect(fitsGlob('lib/*.js', 'lib/a.js', false)).toBe(true);
    expect(fitsGlob('lib/*.js', 'lib/a/b.js', false)).toBe(false);
    expect(fitsGlob('a*b*c', 'a-b-b-c', true)).toBe(true);
    expect(fitsGlob('a*b*c', 'a-c', true)).toBe(false);
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'ab') }), { minLength: 1, maxLength: 4 }),
        fc.string({ unit: fc.constantFrom(...'ab') }),
        (parts, filler) => {
          expect(fitsGlob(parts.join('*'), parts.join(filler), true)).toBe(true);
        },
      ),
    );
  });
});
