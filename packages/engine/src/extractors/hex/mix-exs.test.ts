import { describe, expect, it } from 'vitest';
import { appsFolderIn, askedIn } from './mix-exs.ts';

const excluded = (text: string): readonly string[] =>
  [...askedIn(text).values()].filter(({ development }) => development).map(({ app }) => app);

describe('dependencies of a mix.exs', () => {
  it.each([
    ['one environment', '[{:a, "~> 1.0", only: :test}, {:b, "~> 1.0"}]', ['a']],
    ['several', '[{:a, "~> 1.0", only: [:dev, :test]}, {:b, ">= 0.0.0", only: [:dev, :prod]}]', ['a']],
    ['options in brackets', '[{:a, "~> 1.0", [only: :dev, runtime: false]}]', ['a']],
    ['no version', '[{ :a, git: "x", only: :dev }]', ['a']],
    ['over several lines', '[\n  {:a,\n   "~> 1.0", # {:c}\n   only: :dev}\n]', ['a']],
    ['a text and a comment', 'x = "{:c, only: :dev} \\" {:d, only: :dev}"\n# {:e, only: :dev}\n[{:a, only: :dev}]', ['a']],
    ['a long text', '@doc """\n{:c, only: :dev} "\n"""\n[{:a, only: :dev}]', ['a']],
  ])('%s', (_what, text, names) => expect(excluded(text)).toEqual(names));

  it.each([
    ['an environment that is code', '[{:a, "~> 1.0", only: envs()}]'],
    ['no environment', '[{:a, "~> 1.0", only: []}]'],
    ['one of the team', '[{:a, "~> 1.0", only: :staging}]'],
    ['asked for twice', '[{:a, "~> 1.0", only: :test}, {:a, "~> 1.0"}]'],
    ['a tuple that is code', '[{:a, version(), only: :test}]'],
  ])('requires: %s', (_what, text) => {
    expect(excluded(text)).toEqual([]);
    expect([...askedIn(text).keys()]).toEqual(['a']);
  });

  it('knows paths, ranges and applications', () => {
    expect([...askedIn('[{:a, path: "../a"}, {:b, "~> 1.0"}]').values()]).toEqual([
      { app: 'a', range: '>= 0.0.0', development: false, path: '../a' },
      { app: 'b', range: '~> 1.0', development: false },
    ]);
    expect(appsFolderIn('[apps_path: "apps"]')).toBe('apps');
    expect(appsFolderIn('[app: :a]')).toBeUndefined();
  });
});
