import type { BreakwaterError } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from './read.ts';

const mistake = (text: string): BreakwaterError => {
  try {
    parseConfig(text);
  } catch (error) {
    return error as BreakwaterError; // whatever is thrown is looked at by the test
  }
  throw new Error('no mistake was found');
};

describe('breakwater.yaml', () => {
  it('may be empty', () => expect(parseConfig('')).toEqual({}));

  it('is read as it stands', () => {
    expect(parseConfig('application:\n  name: checkout\n  exposure: internet\n').application).toEqual({
      name: 'checkout',
      exposure: 'internet',
    });
  });

  it('shows an exception without an end at its line, with what to add', () => {
    const error = mistake('exceptions:\n  - id: CVE-2021-44906\n    reason: only used by the build\n    owner: "@shop/platform"\n');
    expect([error.code, error.message]).toEqual(['BW2007', expect.stringMatching(/^breakwater\.yaml:2:\d+ the exception has no expiry$/)]);
    expect(error.hint).toContain('add  expires:');
  });

  it('names a setting that does not exist, at its line', () => {
    const error = mistake('application:\n  name: a\n  exposed: internet\n');
    expect(error.code).toBe('BW2003');
    expect(error.message).toMatch(/^breakwater\.yaml:3:3 .*exposed/);
  });

  it('says where it is not YAML', () => expect(mistake('a: [1, 2\nb: 3\n')).toMatchObject({ code: 'BW2002' }));

  it('refuses an alias that stands for nothing', () => expect(mistake('*!')).toMatchObject({ code: 'BW2002' }));

  it('is bounded against aliases that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(mistake(bomb)).toMatchObject({ code: 'BW2002' });
  });

  it('never fails in any other way than by a coded error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          parseConfig(text);
        } catch (error) {
          expect((error as BreakwaterError).code).toMatch(/^BW20\d\d$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
