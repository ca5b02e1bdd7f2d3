import { describe, expect, it } from 'vitest';
import { evidenceAt } from './coverage-path.ts';

describe('--coverage', () => {
  it('takes a path as named, wherever it lies', () => {
    expect(evidenceAt(import.meta.dirname)).toEqual({ path: import.meta.dirname, shown: import.meta.dirname });
    expect(evidenceAt('.')).toEqual({ path: process.cwd(), shown: '.' });
  });

  it('refuses one that does not exist: a scan without it would not be what was meant', () => {
    expect(() => evidenceAt('no/such/coverage')).toThrow(
      expect.objectContaining({ code: 'BW1010', message: '--coverage no/such/coverage does not exist' }),
    );
  });
});
