import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { pylock } from './pylock.ts';

const near = (files: Readonly<Record<string, string>> = {}): Near => ({
  text: async (path) => files[path],
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const read = async (text: string, pyproject?: string): Promise<Parsed> => {
  const parsed = await pylock.read('pylock.toml', text, near(pyproject === undefined ? {} : { 'pyproject.toml': pyproject }));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const paths = (parsed: Parsed): readonly string[] =>
  graphOf('pylock.toml', pylock, parsed).graph.packages.map(
    ({ path, scope, direct, version }) => `${path.join(' > ')} ${version} ${scope}${direct ? ' direct' : ''}`,
  );

const hex = (digit: string): string => digit.repeat(64);

const LOCK = `lock-version = "1.0"
extras = ["cache"]
dependency-groups = ["test"]
default-groups = ["default"]
created-by = "some tool"

[[packages]]
name = "attrs"
version = "25.1.0"
index = "https://me:pass@pypi.example.org/simple"
sdist = {name = "attrs-25.1.0.tar.gz", url = "https://example.org/attrs-25.1.0.tar.gz", hashes = {sha256 = "${hex('a')}"}}
wheels = [
    {name = "attrs-25.1.0-py3-none-any.whl", url = "https://example.org/x.whl", hashes = {sha256 = "${hex('b')}"}},
]

[[packages]]
name = "redis"
version = "5.0"
marker = "'cache' in extras"

[[packages]]
name = "pytest"
version = "8.0"
marker = "('test' in dependency_groups) and (python_version >= '3.9')"
DEPENDS

[[packages]]
name = "pluggy"
version = "1.5"
marker = "'test' in dependency_groups or 'default' in dependency_groups"

[[packages]]
name = "tool"
vcs = {type = "git", url = "https://example.org/tool.git", commit-id = "0123"}

[[packages]]
name = "shop"
directory = {path = ".", editable = true}

[[packages]]
name = "archived"
archive = {url = "https://example.org/archived-1.0.tar.gz", hashes = {sha256 = "${hex('c')}"}}

[[packages]]
name = "bare"
`;

const PROJECT = '[project]\nname = "shop"\ndependencies = ["attrs>=24"]\n[dependency-groups]\ntest = ["pytest"]\n';

describe('pylock', () => {
  it('reads scopes of markers, and leaves what no index has', async () => {
    const parsed = await read(LOCK.replace('DEPENDS\n', ''));
    expect(paths(parsed)).toEqual(['attrs 25.1.0 required', 'pluggy 1.5 required', 'pytest 8.0 excluded', 'redis 5.0 optional']);
    expect(parsed.left.map(({ name, origin }) => `${name} ${origin}`)).toEqual(['tool git', 'archived remote', 'bare unreadable']);
    expect(parsed.entries[0]).toMatchObject({
      integrity: `sha256:${hex('a')}`,
      resolved: 'https://pypi.example.org/simple',
      region: { startLine: 8 },
    });
  });

  it('takes what is direct from the project', async () => {
    const parsed = await read(LOCK.replace('DEPENDS\n', ''), PROJECT);
    expect(paths(parsed).filter((path) => path.endsWith('direct'))).toEqual(['attrs 25.1.0 required direct', 'pytest 8.0 excluded direct']);
    expect(parsed.direct).toEqual({ attrs: '>=24', pytest: '*' });
  });

  it('follows dependencies where they are written', async () => {
    const parsed = await read(
      LOCK.replace('DEPENDS', 'dependencies = [{name = "pluggy", version = "1.5"}, {name = "pluggy", version = "9"}]'),
      PROJECT,
    );
    expect(paths(parsed)).toEqual([
      'attrs 25.1.0 required direct',
      'pytest > pluggy 1.5 excluded',
      'pytest 8.0 excluded direct',
      'redis 5.0 optional',
    ]);
  });

  it('has a name of its own or not', async () => {
    expect(['pylock.toml', 'a/pylock.prod.toml', 'pylock.a.b.toml', 'xpylock.toml'].map(pylock.matches)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    await expect(read('lock-version = "2.0"\n')).rejects.toThrow(ManifestError);
  });
});
