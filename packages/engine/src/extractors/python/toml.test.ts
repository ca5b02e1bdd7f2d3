import { describe, expect, it } from 'vitest';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { linesOf, readToml } from './toml.ts';

const error = (text: string): ManifestError | undefined => {
  try {
    readToml(text);
    return undefined;
  } catch (thrown) {
    return thrown instanceof ManifestError ? thrown : undefined;
  }
};

describe('readToml', () => {
  it('says the line, and never what stands there', () => {
    const secret = ['hunter', '2'].join('');
    const thrown = error(`a = 1\nurl = "https://me:${secret}@example.org\n`);
    expect(thrown?.line).toBe(2);
    expect(thrown?.message).toBe('expected TOML');
  });

  it('names a merge that was left open', () => {
    expect(error('a = 1\n<<<<<<< HEAD\nb = 2\n')).toMatchObject({ line: 2, message: 'an unresolved merge' });
  });

  it('refuses to nest without end', () => {
    expect(error(`a = ${'['.repeat(100_000)}`)).toBeDefined();
  });

  it('reads past a byte order mark and numbers of any size', () => {
    expect(readToml('\uFEFFa = 123456789012345678901234567890').a).toBeDefined();
  });
});

describe('linesOf', () => {
  const read = (text: string): readonly number[] => {
    const { package: blocks } = readToml(text);
    return linesOf(text, 'package', Array.isArray(blocks) ? blocks : []);
  };

  it('gives the line of each name', () => {
    expect(read('version = 1\n\n[[package]]\nname = "a"\nversion = "1"\n\n[[ package ]]\nversion = "2"\nname = \'b\'\n')).toEqual([4, 9]);
  });

  it('is not misled by a header inside of a text', () => {
    const text = '[[package]]\nname = "a"\ndescription = """\n[[package]]\nname = "x"\n"""\n\n[[package]]\nname = "b"\n';
    expect(read(text)).toEqual([2, 9]);
  });

  it('says the first line where a block is written in another way', () => {
    expect(read('package = [{name = "a"}, {name = "b"}]\n')).toEqual([1, 1]);
    expect(read(`[[package]]\nlong.y = 1\n${'# more\n'.repeat(20)}name = "a"\n[[package]]\nname = "b"\n`)).toEqual([1, 25]);
  });
});
