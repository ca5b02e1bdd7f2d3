import { expect, it } from 'vitest';
import { cataloguesOf } from './generate-catalogue.ts';

it('makes one array of each folder that holds checks, in the order of paths', () => {
  const catalogues = cataloguesOf([
    { path: 'deploy/x/b/two.ts', text: 'export const two = check<A>({' },
    { path: 'deploy/x/b/one.ts', text: 'export const one = check({' },
    { path: 'deploy/x/some-more/c.ts', text: '/** c */\nexport const c = check<A>({' },
    { path: 'deploy/x/own.ts', text: 'export const own = check({' },
    { path: 'deploy/x/b/one.test.ts', text: 'export const no = check({' },
    { path: 'deploy/x/b/helper.ts', text: 'export const checkAll = 1;' },
    { path: 'check.ts', text: 'export const check = <F>(d: Check<F>) => d;' },
  ]);
  expect([...catalogues.keys()]).toEqual(['deploy/x/catalogue.gen.ts']);
  const text = catalogues.get('deploy/x/catalogue.gen.ts') ?? '';
  expect(text).toContain("import { two } from './b/two.ts';");
  expect(text.replace(/\s+/g, ' ')).toContain('export const bChecks = [ one, two, ] as const;');
  expect(text.replace(/\s+/g, ' ')).toContain('export const someMoreChecks = [ c, ] as const;');
  expect(text.replace(/\s+/g, ' ')).toContain('export const checks = [ own, ] as const;');
  expect(text).not.toContain('helper');
});
