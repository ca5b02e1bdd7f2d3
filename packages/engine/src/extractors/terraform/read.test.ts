import { expect, it } from 'vitest';
import type { Reading, ReadProblem } from '../reading.ts';
import { readTerraform } from './read.ts';

const read = async (files: Readonly<Record<string, string>>) => {
  const problems: ReadProblem[] = [];
  const reading: Reading = {
    root: '/nowhere',
    files: Object.keys(files)
      .sort()
      .map((uri) => ({ uri, bytes: files[uri]?.length ?? 0 })),
    config: {},
    kind: 'directory',
    vex: [],
    offline: true,
    cache: '/nowhere',
    advisories: '/nowhere',
    signal: new AbortController().signal,
    readText: async (uri) => files[uri] ?? Promise.reject(new Error('unreadable')),
    readBytes: async () => Promise.reject(new Error('not asked')),
    readRange: async () => Promise.reject(new Error('not asked')),
    problem: (problem) => problems.push(problem),
    progress: () => undefined,
    looked: () => undefined,
  };
  return { modules: await readTerraform(reading), problems };
};

it('makes one module of a folder, with the tfvars that Terraform loads by itself', async () => {
  const { modules, problems } = await read({
    'b/main.tf': 'resource "a" "b" {\n  x = var.x\n  y = var.y\n}',
    'b/vars.tf': 'variable "x" { default = 1 }\nvariable "y" {}',
    'b/terraform.tfvars': 'x = 2',
    'b/z.auto.tfvars': 'x = 3',
    'b/prod.tfvars': 'y = 4',
    'a/main.tf': 'resource "c" "d" {}',
    'b/.terraform/modules/m/main.tf': 'resource "not" "ours" {}',
    'c/only.tfvars': 'x = 1',
    'readme.md': '',
  });
  expect(problems).toEqual([]);
  expect(modules.map((module) => [module.folder, module.resources.map((r) => r.address)])).toEqual([
    ['a', ['c.d']],
    ['b', ['a.b']],
  ]);
  expect(modules[1]?.resources[0]?.block.attributes).toMatchObject({ x: { value: 3 }, y: { kind: 'reference', to: 'var.y' } });
});

it('says what it could not read and keeps the rest', async () => {
  const { modules, problems } = await read({
    'a.tf': 'resource "a" "b" {}\nresource "a" {\n',
    'b.tf': 'resource "c" "d" {}',
    'c.tf.json': '{}',
    'x.auto.tfvars.json': '{}',
  });
  expect(modules[0]?.resources.map((r) => r.address)).toEqual(['a.b', 'c.d']);
  expect(problems.map(({ code, uri, line, incomplete }) => [code, uri, line, incomplete])).toEqual([
    ['BW3021', 'c.tf.json', undefined, true],
    ['BW3021', 'x.auto.tfvars.json', undefined, true],
    ['BW3021', 'a.tf', 3, true],
  ]);
});
