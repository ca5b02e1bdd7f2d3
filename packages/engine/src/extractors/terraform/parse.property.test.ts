/** Any text gives a result, and so do real files that were damaged. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseModule } from './module.ts';

const REAL = `# network
variable "open" {
  type    = list(object({ port = number, cidr = optional(string, "0.0.0.0/0") }))
  default = [{ port = 22, cidr = "10.0.0.0/8" }]
}
locals { name = "x-\${var.open[0].port}" }
resource "aws_security_group" "a" {
  name = local.name
  dynamic "ingress" {
    for_each = var.open
    iterator = it
    content {
      from_port   = it.value.port
      cidr_blocks = [it.value["cidr"], /* c */ "::/0"]
    }
  }
  tags = merge({ "a" : 1 }, { for k, v in var.t : k => v... if v != null })
  policy = <<-EOT
    {"a": "\${jsonencode({ b = true ? 1 : -2 })}%{ if x }y%{ endif }"}
  EOT
}
`;
const PIECES = [
  '"',
  '${',
  '%{',
  '}',
  '{',
  '[',
  ']',
  '(',
  ')',
  '<<EOT',
  '<<-E\n',
  '\n',
  '=',
  '...',
  '::',
  '/*',
  '#',
  '\\',
  '?',
  ':',
  'for ',
  '\u{1f600}',
  '\r\n',
  'dynamic "x" ',
  'local.a',
  '.',
  '*',
  '!',
  '-',
];

const survives = (text: string): void => {
  const { module, mistakes } = parseModule('', [{ uri: 'a.tf', text }], [{ uri: 'terraform.tfvars', text }]);
  const lines = text.split('\n').length;
  for (const { line } of mistakes) expect(line >= 1 && line <= lines).toBe(true);
  for (const { block } of module.resources) expect(block.region.startLine >= 1 && (block.region.endLine ?? 1) <= lines).toBe(true);
};

it('reads the real file without a mistake', () => {
  const { mistakes, module } = parseModule('', [{ uri: 'a.tf', text: REAL }]);
  expect(mistakes).toEqual([]);
  expect(module.resources[0]?.block.blocks).toHaveLength(1);
});

it('never throws on arbitrary text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survives), { numRuns: 500 });
});

it('never throws on shuffled pieces of the language', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES, 'a', ' = ', '1', 'resource "a" "b" {'), { maxLength: 60 }), (pieces) =>
      survives(pieces.join('')),
    ),
    { numRuns: 1000 },
  );
});

it('never throws on a damaged real file', () => {
  const cut = fc.record({ from: fc.nat(REAL.length), length: fc.nat(30), insert: fc.constantFrom('', ...PIECES) });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      survives(cuts.reduce((text, { from, length, insert }) => text.slice(0, from) + insert + text.slice(from + length), REAL));
    }),
    { numRuns: 1000 },
  );
});
