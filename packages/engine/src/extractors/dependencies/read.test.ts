import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReadProblem } from '../reading.ts';
import { openReading, takeInventory } from '../tree/open.ts';
import { isDependencyFile, MANIFESTS } from './catalogue.ts';
import { readDependencies } from './read.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const read = async (files: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'breakwater-manifests-'));
  folders.push(root);
  for (const [uri, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, uri)), { recursive: true });
    writeFileSync(join(root, uri), text);
  }
  const signal = new AbortController().signal;
  const problems: ReadProblem[] = [];
  const said = { problem: (one: ReadProblem) => problems.push(one), progress: () => undefined, looked: () => undefined };
  const inventory = await takeInventory(root, signal);
  const common = { root, inventory, config: {}, control: 'dependencies', offline: true, cache: root, advisories: root, signal };
  const graphs = await readDependencies(openReading({ ...common, ...said }));
  return {
    found: graphs.flatMap(({ manifest, packages }) => packages.map(({ name, version }) => `${manifest} ${name} ${version}`)),
    problems: problems.map(({ code, uri, incomplete }) => `${code} ${uri} ${incomplete ? 'incomplete' : 'note'}`),
    messages: problems.map(({ message }) => message),
  };
};

describe('readDependencies', () => {
  it('reads what lies side by side, sorted by manifest', async () => {
    const { found, problems } = await read({
      'web/yarn.lock': '# yarn lockfile v1\n\n\nqs@6.11.0:\n  version "6.11.0"\n',
      'web/package.json': '{"dependencies": {"qs": "6.11.0"}}',
      'api/requirements.txt': 'django==4.2.1\n',
      'go.mod': 'module m\n\ngo 1.21\n\nrequire golang.org/x/net v0.10.0\n',
    });
    expect(found).toEqual(['api/requirements.txt django 4.2.1', 'go.mod golang.org/x/net v0.10.0', 'web/yarn.lock qs 6.11.0']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['Cargo.toml', '[package]\nname = "a"\n\n[dependencies]\nserde = "1"\n'],
    ['pyproject.toml', '[project]\ndependencies = [\n  "requests>=2",\n]\n'],
    ['Pipfile', '[packages]\nrequests = "*"\n'],
    ['Gemfile', "source 'https://rubygems.org'\ngem 'rails'\n"],
    ['composer.json', '{"require": {"php": ">=8", "monolog/monolog": "^3"}}'],
    ['pubspec.yaml', 'dependencies:\n  http: ^1.0.0\n'],
    ['mix.exs', 'defp deps do\n  [{:plug, "~> 1.0"}]\nend\n'],
    ['src/App.csproj', '<Project><ItemGroup><PackageReference Include="A" Version="1.0" /></ItemGroup></Project>'],
    ['package.json', '{"dependencies": {"a": "1"}}'],
  ])('says that %s pins nothing, and never reads that as clean', async (uri, text) => {
    expect(isDependencyFile(uri)).toBe(true);
    expect((await read({ [uri]: text })).problems).toEqual([`BW3011 ${uri} incomplete`]);
  });

  it.each([
    ['Cargo.toml', '[package]\nname = "a"\n'],
    ['pyproject.toml', '[tool.ruff]\nline-length = 100\n'],
    ['composer.json', '{"require": {"php": ">=8"}}'],
    ['Gemfile', "source 'https://rubygems.org'\n"],
  ])('asks for no lockfile where nothing is asked for: %s', async (uri, text) => {
    expect((await read({ [uri]: text })).problems).toEqual([]);
  });

  it('takes a lockfile above as the pin of a member', async () => {
    const { problems } = await read({
      'crates/a/Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n\n[dependencies]\nserde = "1"\n',
      'Cargo.lock':
        'version = 3\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n',
    });
    expect(problems).toEqual([]);
  });

  it('says once for many files of a kind what has no version', async () => {
    const workflow = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n';
    const { problems, messages } = await read({ '.github/workflows/a.yml': workflow, '.github/workflows/b.yml': workflow });
    expect(problems).toEqual(['BW3015 .github/workflows/a.yml note']);
    expect(messages[0]).toContain('2 packages of 2 files');
  });

  it('names a broken lockfile with its line and goes on', async () => {
    const { found, problems } = await read({
      'poetry.lock': '[[package]\n',
      'uv.lock': 'version = 1\n\n[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n',
    });
    expect(found).toEqual(['uv.lock a 1.0']);
    expect(problems).toEqual(['BW3010 poetry.lock incomplete']);
  });

  it('loads readers that each match a file of their group', async () => {
    for (const { load } of MANIFESTS) {
      const formats = await load();
      expect(formats.length).toBeGreaterThan(0);
      for (const { kind, versions, remake } of formats) expect([kind, versions, remake].every((text) => text.length > 3)).toBe(true);
    }
  });
});
