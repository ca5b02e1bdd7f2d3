import { describe, expect, it } from 'vitest';
import type { TerraformValue } from '../facts.ts';
import { parseModule } from './module.ts';

const moduleOf = (text: string, tfvars?: string) =>
  parseModule('infra', [{ uri: 'infra/main.tf', text }], tfvars === undefined ? [] : [{ uri: 'infra/terraform.tfvars', text: tfvars }]);
const attributeOf = (expression: string, rest = '', tfvars?: string): TerraformValue | undefined =>
  moduleOf(`resource "a" "b" {\n  x = ${expression}\n}\n${rest}`, tfvars).module.resources.find((r) => r.address === 'a.b')?.block
    .attributes['x'];
const plain = (value: TerraformValue | undefined): unknown => {
  switch (value?.kind) {
    case 'literal':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(Object.entries(value.entries).map(([key, entry]) => [key, plain(entry)]));
    case 'reference':
      return `→${value.to}`;
    case 'unknown':
      return `?${value.expression}`;
    default:
      return undefined;
  }
};

describe('values', () => {
  it.each([
    ['"text"', 'text'],
    ['"a\\tb\\"c\\u00e9"', 'a\tb"cé'],
    ['"$${not} %%{it}"', '${not} %{it}'],
    ['12.5e1', 125],
    ['-3', -3],
    ['!false', true],
    ['null', null],
    ['[1, "b", # c\n true,]', [1, 'b', true]],
    ['{ a = 1, "b" : 2\n c = { d = [] } }', { a: 1, b: 2, c: { d: [] } }],
    ['aws_s3_bucket.a[0].id', '→aws_s3_bucket.a[0].id'],
    ['"${aws_s3_bucket.a.id}"', '→aws_s3_bucket.a.id'],
    ['"x-${aws_s3_bucket.a.id}-${"y"}"', '?x-${aws_s3_bucket.a.id}-y'],
    ['[for k, v in var.m : k => v... if v != ""]', '?[for k, v in var.m : k => v... if v != ""]'],
    ['{for s in ["a"] : s => upper(s)}', '?{for s in ["a"] : s => upper(s)}'],
    ['file("a.txt")', '?file("a.txt")'],
    ['provider::aws::arn_parse("x")', '?provider::aws::arn_parse("x")'],
    ['f(a, b...)', '?f(a, b...)'],
    ['aws_x.y[*].id', '→aws_x.y[*].id'],
    ['1 < 2 && !("a" == "b") ? "yes" : "no"', 'yes'],
    ['var.none ? 1 : 2', '?var.none ? 1 : 2'],
    ['(\n  1\n  + 2\n)', 3],
    ['jsonencode({ Action = "*" })', { Action: '*' }],
    ['concat(["a"], toset(["b"]))', ['a', 'b']],
    ['merge({ a = 1 }, { a = 2 })', { a: 2 }],
    ['"%{ if true }a%{ else }b%{ endif }"', '?${%{ if true }}a${%{ else }}b${%{ endif }}'],
    ['<<EOT\none\n  two ${1}\nEOT', 'one\n  two 1\n'],
    ['<<-EOT\n    one\n      two\n    EOT', 'one\n  two\n'],
    ['{ (var.key) = 1 }', '?{ (var.key) = 1 }'],
  ])('%s', (expression, expected) => {
    expect(plain(attributeOf(expression))).toEqual(expected);
  });

  it('fills in defaults, tfvars over them, and locals through one another', () => {
    const rest =
      'variable "a" {\n  default = { n = [1, 2] }\n}\nvariable "b" {}\nlocals {\n  l = "${var.a.n[1]}-${local.m}"\n  m = var.b\n}';
    expect(plain(attributeOf('local.l', rest))).toBe('?2-${local.m}');
    expect(plain(attributeOf('local.l', rest, 'b = "given"'))).toBe('2-given');
    expect(plain(attributeOf('var.a["n"]', rest))).toEqual([1, 2]);
    expect(plain(attributeOf('var.a.absent', rest))).toBe('→var.a.absent');
    expect(plain(attributeOf('var.b', rest))).toBe('→var.b');
  });

  it('points at the place of use, not at the default', () => {
    expect(attributeOf('var.a', '\n\nvariable "a" {\n  default = ["x"]\n}')).toMatchObject({
      region: { startLine: 2, startColumn: 7 },
      items: [{ region: { startLine: 2 } }],
    });
  });

  it('leaves locals that lead to themselves as references', () => {
    expect(plain(attributeOf('local.a', 'locals {\n  a = local.b\n  b = local.a\n}'))).toBe('→local.a');
  });
});

describe('blocks', () => {
  it('has addresses, nested blocks and one-line blocks', () => {
    const { module, mistakes } = moduleOf(
      'provider "p" { region = "r" }\ndata "a" "b" {}\nmodule "m" {\n  source = "./m"\n}\nresource "r" "s" {\n  inner {\n    x = 1 // c\n  }\n}',
    );
    expect(mistakes).toEqual([]);
    expect(module.resources.map((r) => [r.address, r.block.region.startLine])).toEqual([
      ['data.a.b', 2],
      ['module.m', 3],
      ['provider.p', 1],
      ['r.s', 6],
    ]);
    expect(module.resources[3]?.block.blocks).toMatchObject([{ type: 'inner', region: { startLine: 7, endLine: 9 } }]);
  });

  it('unrolls dynamic blocks over known lists and keeps one with references over unknown ones', () => {
    const dynamic = (each: string) =>
      moduleOf(
        `resource "a" "b" {\n  dynamic "rule" {\n    for_each = ${each}\n    content {\n      port = rule.value.port\n    }\n  }\n}`,
      ).module.resources[0]?.block.blocks.map((b) => [b.type, plain(b.attributes['port'])]);
    expect(dynamic('[{ port = 22 }, { port = 80 }]')).toEqual([
      ['rule', 22],
      ['rule', 80],
    ]);
    expect(dynamic('var.rules')).toEqual([['rule', '→rule.value.port']]);
    expect(dynamic('[]')).toEqual([]);
  });

  it('leaves out what count = 0 does not make', () => {
    expect(
      moduleOf('resource "a" "b" {\n  count = 0\n}\nresource "a" "c" {\n  count = var.n\n}').module.resources.map((r) => r.address),
    ).toEqual(['a.c']);
  });

  it('is not led astray by names of the prototype', () => {
    const text = 'resource "__proto__" "constructor" {\n  __proto__ = { __proto__ = 1 }\n  x = local.constructor\n}\nlocals {\n  a = 1\n}';
    expect(Object.keys(moduleOf(text).module.resources[0]?.block.attributes ?? {})).toEqual(['__proto__', 'x']);
  });
});

describe('mistakes', () => {
  it('names the line and keeps the blocks around the broken one', () => {
    const { module, mistakes } = moduleOf('resource "a" "one" {}\nresource "a" "two" {\n  x = [1,\n  y = }\n}\nresource "a" "three" {}');
    expect(module.resources.map((r) => r.name)).toEqual(['one', 'three']);
    expect(mistakes).toMatchObject([{ uri: 'infra/main.tf', line: 4 }]);
  });
  it.each([
    ['resource "a" "b" {'],
    ['a = "x'],
    ['a = <<E\nx'],
    ['/* x'],
    ['}'],
    ['a = {b}'],
    ['a = 1 2'],
    ['resource "${x}" {}'],
    [`a = ${'['.repeat(100_000)}`],
    [`a = ${'!'.repeat(100_000)}`],
    [`a = ${'1+'.repeat(100_000)}1`],
  ])('%#', (text) => {
    expect(moduleOf(text).mistakes).toHaveLength(1);
  });
});

it('locals that double one another are given up, not computed', () => {
  const doubling = (name: string) =>
    JSON.stringify(
      plain(
        attributeOf(
          name,
          `locals {\n  a0 = ["x"]\n${Array.from({ length: 60 }, (_, n) => `  a${n + 1} = [local.a${n}, local.a${n}]`).join('\n')}\n}`,
        ),
      ),
    );
  expect(doubling('local.a3').match(/x/g)).toHaveLength(8);
  const given = doubling('local.a60');
  expect(given).toContain('→local.a');
  expect(given.length).toBeLessThan(1_000_000);
});
