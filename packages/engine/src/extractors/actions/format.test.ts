import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { githubWorkflow } from './format.ts';

const NEAR: Near = {
  text: async () => undefined,
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: () => [],
  signal: new AbortController().signal,
};

const FILE = '.github/workflows/ci.yml';
const SHA = '0123456789abcdef0123456789abcdef01234567';

const maybe = async (text: string, uri = FILE): Promise<Parsed | undefined> => githubWorkflow.read(uri, text, NEAR);
const read = async (text: string, uri?: string): Promise<Parsed> => {
  const parsed = await maybe(text, uri);
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const rows = (parsed: Parsed): readonly string[] =>
  graphOf(FILE, githubWorkflow, parsed).graph.packages.map((item) => `${item.purl} ${item.scope} ${item.direct ? 'direct' : 'indirect'}`);
const left = ({ left: all }: Parsed): readonly unknown[] =>
  all.map(({ name, origin, why }) => [name, origin, ...(why === undefined ? [] : [why])]);
const steps = (...uses: readonly string[]): string => `jobs:\n  a:\n    steps:\n${uses.map((use) => `      - uses: ${use}\n`).join('')}`;

describe('a workflow', () => {
  const text = `name: CI
on: [push]
env:
  uses: not/this@v1.0.0
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:20
    steps:
      - uses: actions/checkout@v4.1.2
      - name: Set up
        uses: "Actions/Setup-Node@${SHA}" # v4.0.1
        with:
          uses: nor/this@v1.0.0
      - run: |
          uses: nor/that@v1.0.0
      - {uses: acme/flow@1.2.3, with: {a: b}}
      - uses: acme/tools/sub/folder@v2.0.0-rc.1
      - uses: actions/checkout@v4.1.2
      - uses: ./.github/actions/own
      - uses: $/.github/actions/own
  call:
    uses: acme/workflows/.github/workflows/build.yml@v3.1.0
`;

  it('names the actions that build the project', async () => {
    const parsed = await read(text);
    expect(rows(parsed)).toEqual([
      `pkg:githubactions/actions/setup-node@4.0.1 excluded direct`,
      'pkg:githubactions/acme/flow@1.2.3 excluded direct',
      'pkg:githubactions/acme/tools@2.0.0-rc.1 excluded direct',
      'pkg:githubactions/acme/workflows@3.1.0 excluded direct',
      'pkg:githubactions/actions/checkout@4.1.2 excluded direct',
    ]);
    expect(parsed.left).toEqual([]);
    expect(parsed.direct).toMatchObject({ 'acme/flow': '1.2.3', 'actions/checkout': 'v4.1.2' });
  });

  it('keeps the line of its uses, and the commit', async () => {
    const { entries } = await read(text);
    const setup = entries.find(({ name }) => name === 'Actions/Setup-Node');
    expect(setup).toMatchObject({ region: { startColumn: 9 }, resolved: SHA });
    expect(text.split('\n')[(setup?.region.startLine ?? 0) - 1]).toContain('Actions/Setup-Node');
  });

  it('says which release is not written there', async () => {
    expect(
      left(
        await read(
          steps('a/b@v4', 'a/b@v4.1', 'a/b@main', 'a/b@release/v1', `a/b@${SHA}`, `a/c@${SHA} # v4`, `a/d@${SHA}\n      # v4.1.2`),
        ),
      ),
    ).toEqual([
      ['a/b@v4', 'unresolved', 'v4 moves with each release'],
      ['a/b@v4.1', 'unresolved', 'v4.1 moves with each release'],
      ['a/b@main', 'unresolved', 'main is no release'],
      ['a/b@release/v1', 'unresolved', 'release/v1 is no release'],
      ['a/b@0123456789ab', 'unresolved', 'a commit without its release in a comment'],
      ['a/c@0123456789ab', 'unresolved', 'a commit without its release in a comment'],
      ['a/d@0123456789ab', 'unresolved', 'a commit without its release in a comment'],
    ]);
  });

  it('says what is no action of GitHub', async () => {
    expect(left(await read(steps('docker://alpine:3.8', 'a/b', 'a@v1', '${{ inputs.x }}/y@v1', 'a/b@v4', 'a/b@v4')))).toEqual([
      ['docker://alpine:3.8', 'remote'],
      ['a/b', 'unreadable'],
      ['a@v1', 'unreadable'],
      ['${{ inputs.x }}/y@v1', 'unreadable'],
      ['a/b@v4', 'unresolved', 'v4 moves with each release'],
    ]);
  });

  it.each(['v1.2.3', 'tag=v1.2.3', 'pin@v1.2.3', '1.2.3', 'ratchet:a/b@v1.2.3', 'renovate: tag=v1.2.3 (latest)', 'was v1 now v1.2.3'])(
    'takes the release from the comment %s',
    async (comment) => {
      expect(rows(await read(steps(`a/b@${SHA} # ${comment}`)))).toEqual(['pkg:githubactions/a/b@1.2.3 excluded direct']);
      expect(rows(await read(`jobs: {x: {steps: [{uses: a/b@${SHA}}]}} # ${comment}`))).toHaveLength(1);
    },
  );

  it('follows aliases once', async () => {
    const { entries } = await read(
      'jobs:\n  a:\n    steps: &steps\n      - &step {uses: a/b@v1.0.0}\n  b:\n    steps: *steps\n  c:\n    steps:\n      - *step\n      - uses: &use a/c@v1.0.0\n      - uses: *use\n',
    );
    expect(entries.map(({ name }) => name)).toEqual(['a/b', 'a/c']);
  });

  it('treats names of the prototype as names', async () => {
    const parsed = await read(
      '__proto__:\n  jobs: 1\njobs:\n  __proto__:\n    steps:\n      - uses: __proto__/constructor@v1.0.0\n      - uses: constructor/__proto__@v1.0.0\n',
    );
    expect(parsed.left.map(({ name }) => name)).toEqual(['__proto__/constructor@v1.0.0']); // no owner begins so
    expect(rows(parsed)).toEqual(['pkg:githubactions/constructor/__proto__@1.0.0 excluded direct']);
  });

  it('that is not strictly YAML is read by its lines', async () => {
    const text = `jobs:\n  a:\n    steps:\n      - uses: a/b@v1.0.0\n        with:\n          inputs: '{\n            "x": 1\n          }'\n      - "uses": 'c/d@${SHA}' # v2.0.0\n      - {uses: e/f@v1}\n      - uses: ./own\n`;
    const parsed = await read(text);
    expect(rows(parsed)).toEqual(['pkg:githubactions/a/b@1.0.0 excluded direct', 'pkg:githubactions/c/d@2.0.0 excluded direct']);
    expect(parsed.entries.map(({ region }) => region)).toEqual([
      { startLine: 4, startColumn: 9 },
      { startLine: 9, startColumn: 10 },
    ]);
    expect(left(parsed)).toEqual([['e/f@v1', 'unresolved', 'v1 moves with each release']]);
  });

  it('without jobs names nothing', async () => {
    expect(await maybe('')).toBeUndefined();
    expect(await maybe('on: push\n')).toBeUndefined();
    expect(await maybe('- jobs\n')).toBeUndefined();
    expect((await read('jobs: 1\nruns: [a]\n')).entries).toEqual([]);
  });
});

describe('an action', () => {
  it('names those that it is made of', async () => {
    const text = 'name: own\nruns:\n  using: composite\n  steps:\n    - uses: a/b@v1.0.0\n    - run: x\n';
    expect(rows(await read(text, 'action.yml'))).toEqual(['pkg:githubactions/a/b@1.0.0 excluded direct']);
  });

  it('of Docker names its image', async () => {
    expect(left(await read('runs:\n  using: docker\n  image: docker://alpine:3.8\n', 'action.yaml'))).toEqual([
      ['docker://alpine:3.8', 'remote'],
    ]);
    expect(left(await read('runs:\n  using: docker\n  image: Dockerfile\n', 'action.yaml'))).toEqual([]);
  });

  it('of another tool is not ours, even where it is no YAML', async () => {
    expect(await maybe('action: restart\n', 'roles/x/action.yml')).toBeUndefined();
    expect(await maybe('{% for x %}\n - [', 'roles/x/action.yml')).toBeUndefined();
  });
});

it('is known by its name', () => {
  const yes = [FILE, 'a/.github/workflows/x.yaml', 'action.yml', '.github/actions/own/action.yaml'];
  const no = [
    '.github/workflows/deep/x.yml',
    'workflows/x.yml',
    'node_modules/a/.github/workflows/x.yml',
    'vendor/a/action.yml',
    '{{cookiecutter.name}}/.github/workflows/x.yml',
    'transaction.yml',
    '.github/workflows/x.yml.jinja',
  ];
  expect([...yes, ...no].filter(githubWorkflow.matches)).toEqual(yes);
});

describe('what is no workflow', () => {
  it.each([
    ['jobs: [', 'expected YAML, found'],
    ['jobs:\n  a: {{ x }}\n  - b\n', 'expected YAML, found'],
    ['a: b\n'.repeat(30_000), 'expected no more than 100000 words'],
    ['on: x\njobs: *gone\n', 'expected an anchor for each alias'],
    [`jobs: ${'['.repeat(100)}`, 'expected no more than 64 levels'],
    ['- '.repeat(100), 'expected no more than 64 levels'],
    ['? '.repeat(100), 'expected no more than 64 levels'],
  ])('%.40j', async (broken, message) => {
    await expect(maybe(broken)).rejects.toThrow(message);
    await expect(maybe(broken)).rejects.toThrow(ManifestError);
  });

  it.each([
    '[',
    '{',
    '- ',
    '? ',
    'a: ',
    '! ',
    '"',
    "'",
    '&a ',
    '*a ',
    '- *a\n',
    'a: &a\n',
    '"\n',
    'k: "a\\\n',
    'a: [\n',
    '\t',
    '|\n',
    '%\n',
    '{a,',
    '---\n',
    '#',
    '[uses: a ',
    'uses:',
  ])('a megabyte of %j', async (unit) => {
    for (const text of [
      unit.repeat(1_000_000 / unit.length),
      `jobs:\n  a:\n    steps:\n      - uses: ${unit.repeat(100_000 / unit.length)}`,
    ]) {
      try {
        await maybe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ManifestError);
      }
    }
  });

  it('ten thousand steps by alias, each with a long comment', async () => {
    const many = `jobs:\n  a:\n    steps:\n      - &a {uses: a/b@v1.0.0}\n${'      - *a\n'.repeat(10_000)}${`      - uses: a/b@${SHA} # ${'v1.'.repeat(100)}\n`.repeat(1000)}`;
    expect((await read(many)).entries).toHaveLength(1);
  });

  it('never fails in another way, whatever is changed', async () => {
    const good = `jobs:\n  a:\n    steps: &s\n      - uses: a/b@v1.2.3\n      - {uses: "c/d@${SHA}"} # v1.0.0\n  b:\n    steps: *s\n    uses: e/f/g.yml@v1\nruns:\n  image: x\n`;
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length), fc.nat(30), fc.string({ maxLength: 6 }), fc.nat(good.length), async (at, cut, put, copy) => {
        try {
          const parsed = await maybe(good.slice(0, at) + put + good.slice(copy, copy + cut) + good.slice(at + cut));
          if (parsed !== undefined) graphOf(FILE, githubWorkflow, parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('loses no step', async () => {
    const ref = fc.constantFrom('@v1.0.0', '@v1', '@main', `@${SHA}`, `@${SHA} # v1.0.0`, '', '@');
    await fc.assert(
      fc.asyncProperty(fc.array(ref, { minLength: 1, maxLength: 30 }), async (all) => {
        const parsed = await read(steps(...all.map((of, i) => `a/p${i}${of}`)));
        expect(parsed.entries.length + parsed.left.length).toBe(all.length);
        expect(parsed.entries).toHaveLength(all.filter((of) => of.endsWith('v1.0.0')).length);
      }),
    );
  });
});
