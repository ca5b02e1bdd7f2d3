import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { styleOf } from '../terminal/style.ts';
import { ERROR_PAGES, explainError } from './errors.ts';

const packages = join(import.meta.dirname, '../../..');
const sources = ['model', 'engine', 'cli']
  .flatMap((name) =>
    readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => join(packages, name, 'src', file)),
  )
  .filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('explain/errors.ts') && !file.includes('explain/pages/'),
  );
const used = new Set(sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'(BW\d{4})'/g)].map((match) => match[1] ?? '')));

describe('error pages', () => {
  it('exist for every code that the source can give', () => {
    expect([...used].filter((code) => !(code in ERROR_PAGES)).sort()).toEqual([]);
    expect(used.size).toBeGreaterThan(30);
  });
  it('exist for no other code', () => expect(Object.keys(ERROR_PAGES).filter((code) => !used.has(code))).toEqual([]));
  it('name the nearest one for a mistyped code', () => {
    const style = styleOf({ columns: 80, colour: false, unicode: true, interactive: false });
    expect(() => explainError('BW9007', style)).toThrow(/BW9007/);
    expect(explainError('BW2007', style)[0]).toBe('BW2007  An exception has no expiry');
  });
});
