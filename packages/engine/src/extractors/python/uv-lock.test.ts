import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { uvLock } from './uv-lock.ts';

const near: Near = {
  text: async () => undefined,
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
};

const read = async (text: string): Promise<Parsed> => {
  const parsed = await uvLock.read('uv.lock', text, near);
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const paths = (parsed: Parsed): readonly string[] =>
  graphOf('uv.lock', uvLock, parsed).graph.packages.map(
    ({ path, scope, direct, version }) => `${path.join(' > ')} ${version} ${scope}${direct ? ' direct' : ''}`,
  );

const hash = (digit: string): string => `sha256:${digit.repeat(64)}`;
const registry = 'source = { registry = "https://pypi.example.org/simple" }';
const block = (name: string, version: string, rest = ''): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${registry}\n${rest}\n`;

const PROJECT = `version = 1
revision = 3
requires-python = ">=3.9"
resolution-markers = [
    "python_full_version >= '3.10'",
    "python_full_version < '3.10'",
]

[[package]]
name = "shop"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "numpy", version = "2.0.2", ${registry}, marker = "python_full_version < '3.10'" },
    { name = "numpy", version = "2.2.6", ${registry}, marker = "python_full_version >= '3.10'" },
    { name = "requests", extra = ["socks"] },
    { name = "tool" },
    { name = "wheel" },
    { name = "remote" },
]

[package.optional-dependencies]
cache = [
    { name = "redis" },
]

[package.dev-dependencies]
dev = [
    { name = "numpy", version = "1.0", source = { registry = "https://other.example.org/simple" } },
    { name = "httpx", extra = ["http2"] },
]
prod = [
    { name = "gunicorn" },
]

[package.metadata]
requires-dist = [
    { name = "numpy" },
    { name = "redis", marker = "extra == 'cache'", specifier = ">=4" },
    { name = "requests", extras = ["socks"], specifier = ">=2.20" },
]

[package.metadata.requires-dev]
dev = [{ name = "httpx", extras = ["http2"], specifier = "<1" }]

`;

const LOCK = `${PROJECT}${block('numpy', '2.0.2', `sdist = { url = "https://example.org/numpy-2.0.2.tar.gz", hash = "${hash('a')}", size = 9 }\nwheels = [\n    { url = "https://example.org/numpy-2.0.2-cp39.whl", hash = "${hash('b')}" },\n]`)}
${block('numpy', '2.2.6', `wheels = [{ url = "https://example.org/numpy-2.2.6-cp310.whl", hash = "${hash('c')}" }]`)}
${block('requests', '2.32.5', 'dependencies = [{ name = "idna" }]\n\n[package.optional-dependencies]\nsocks = [{ name = "pysocks" }]\nuse-chardet = [{ name = "chardet" }]')}
${block('idna', '3.20')}${block('pysocks', '1.7.1')}${block('redis', '8.1.0')}${block('gunicorn', '23.0.0')}
${block('httpx', '0.28.1', '[package.optional-dependencies]\nhttp2 = [{ name = "h2" }]')}
${block('h2', '4.1.0', 'dependencies = [{ name = "idna" }]')}
[[package]]
name = "tool"
version = "1.0.0"
source = { git = "https://example.org/tool?rev=main#0123" }
dependencies = [{ name = "helper" }]

${block('helper', '3.0')}
[[package]]
name = "wheel"
version = "1.0"
source = { path = "vendor/wheel-1.0-py3-none-any.whl" }

[[package]]
name = "remote"
version = "1.0"
source = { url = "https://example.org/remote-1.0.tar.gz" }
`;

describe('uvLock', () => {
  it('reads forks, extras, groups and sources', async () => {
    const parsed = await read(LOCK);
    expect(parsed.formatVersion).toBe('1.3');
    expect(paths(parsed)).toEqual([
      'gunicorn 23.0.0 required direct',
      'httpx > h2 4.1.0 excluded',
      'tool > helper 3.0 required',
      'httpx 0.28.1 excluded direct',
      'requests > idna 3.20 required',
      'numpy 2.0.2 required direct',
      'numpy 2.2.6 required direct',
      'requests > pysocks 1.7.1 required',
      'redis 8.1.0 optional direct',
      'requests 2.32.5 required direct',
    ]);
    expect(parsed.left.map(({ name, origin, edges }) => `${name} ${origin} ${(edges ?? []).map(({ to }) => to).join()}`)).toEqual([
      'tool git helper@3.0',
      'wheel file ',
      'remote remote ',
    ]);
    expect(parsed.direct).toMatchObject({ numpy: '*', redis: '>=4', requests: '>=2.20', httpx: '<1', gunicorn: '*' });
    expect(parsed.roots.map(({ folder }) => folder)).toEqual(['']);
  });

  it('gives the source archive its hash, and the line of each name', async () => {
    const { entries } = await read(LOCK);
    expect(entries.slice(0, 2).map(({ integrity, resolved }) => [integrity, resolved])).toEqual([
      [hash('a'), 'https://pypi.example.org/simple'],
      [hash('c'), 'https://pypi.example.org/simple'],
    ]);
    const lines = LOCK.split('\n');
    for (const { name, region } of entries) expect(lines[region.startLine - 1]).toBe(`name = "${name}"`);
  });

  it('reads a workspace: members are projects, other folders come in through them', async () => {
    const member = (name: string, source: string, rest = ''): string =>
      `[[package]]\nname = "${name}"\nversion = "0"\nsource = { ${source} }\n${rest}\n`;
    const lock = `version = 1
[manifest]
members = ["app", "Lib"]

[manifest.dependency-groups]
lint = [{ name = "ruff", specifier = ">=0.5" }]

${member('app', 'virtual = "apps/app"', 'dependencies = [{ name = "lib", extra = ["x"] }]\n[package.dev-dependencies]\ntest = [{ name = "fake" }]')}
${member('lib', 'editable = "libs/lib"', '[package.optional-dependencies]\nx = [{ name = "redis" }]\ny = [{ name = "rich" }]')}
${member('fake', 'directory = "../fake"', 'dependencies = [{ name = "attrs" }]\n[package.dev-dependencies]\ndev = [{ name = "never" }]')}
${block('redis', '1')}${block('rich', '1')}${block('attrs', '1')}${block('ruff', '1')}${block('never', '1')}`;
    const parsed = await read(lock);
    expect(paths(parsed)).toEqual([
      'attrs 1 excluded direct',
      'never 1 required',
      'redis 1 required direct',
      'rich 1 optional direct',
      'ruff 1 excluded direct',
    ]);
    expect(parsed.roots.map(({ folder, scope }) => [folder, scope])).toEqual([
      ['apps/app', undefined],
      ['libs/lib', undefined],
      ['', undefined],
      ['../fake', 'excluded'],
    ]);
  });

  it('reads the lockfile of a script', async () => {
    expect(uvLock.matches('tools/report.py.lock')).toBe(true);
    const parsed = await read(
      `version = 1\n[manifest]\nrequirements = [{ name = "rich", specifier = ">=13" }]\n\n${block('rich', '13.0')}`,
    );
    expect(paths(parsed)).toEqual(['rich 13.0 required direct']);
    expect(parsed.direct).toEqual({ rich: '>=13' });
  });

  it('keeps apart what two indexes give under one version', async () => {
    const parsed = await read(`version = 1\n${block('torch', '2.0')}${block('torch', '2.0').replace('pypi.', 'cpu.')}`);
    expect(parsed.entries.map(({ place }) => place)).toEqual(['torch@2.0', 'torch@2.0 (2)']);
  });

  it('leaves what it cannot read', async () => {
    const parsed = await read(
      'version = 1\n[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "b"\nsource = { registry = "x" }\n[[package]]\nname = "c"\nversion = "1"\nsource = { odd = 12345678901234567890 }\n',
    );
    expect(parsed.left.map(({ name, origin }) => `${name} ${origin}`)).toEqual(['a unreadable', 'b unreadable', 'c unreadable']);
    await expect(read('version = 2\n')).rejects.toThrow('expected version 1 of uv.lock, found 2');
    await expect(read('')).rejects.toThrow(ManifestError);
  });
});
