import type { Context, Finding, Target } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../extractors/dockerfile/parse.ts';
import type { Facts } from '../../../extractors/facts.ts';
import { parseModule } from '../../../extractors/terraform/module.ts';
import { dockerfileChecks, terraformChecks } from './catalogue.gen.ts';
import { infrastructure } from './control.ts';
import { isExposed } from './exposed.ts';

const TARGET: Target = { kind: 'directory', uri: '.' };
const CONTEXT = { signal: new AbortController().signal, now: () => '', log: () => undefined } as unknown as Context; // the control asks for the signal only

const run = async (facts: Partial<Pick<Facts, 'dockerfiles' | 'terraform'>>): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for await (const finding of infrastructure.run({ dockerfiles: [], terraform: [], ...facts }, TARGET, CONTEXT)) findings.push(finding);
  return findings;
};
const ofTerraform = async (text: string, folder = '') => run({ terraform: [parseModule(folder, [{ uri: 'main.tf', text }]).module] });
const ofDockerfile = async (text: string) => run({ dockerfiles: [parseDockerfile('Dockerfile', text).dockerfile] });
const only = (findings: readonly Finding[], rule: string) => findings.filter((finding) => finding.ruleId === `deploy/${rule}`);

describe('Terraform findings', () => {
  it('carry the address, the line of the value and the effect', async () => {
    const [finding] = only(await ofTerraform('resource "aws_db_instance" "main" {\n  publicly_accessible = true\n}'), 'database-public');
    expect(finding).toMatchObject({
      kind: 'fail',
      severity: 'high',
      message: 'Database main has an address that the internet can reach',
      locations: [{ uri: 'main.tf', region: { startLine: 2 }, fullyQualifiedName: 'aws_db_instance.main' }],
    });
  });
  it('keep their identity when lines move and lose it with the address', async () => {
    const block = (name: string) => `resource "aws_db_instance" "${name}" {\n  publicly_accessible = true\n}`;
    const [before] = only(await ofTerraform(block('a')), 'database-public');
    const [moved] = only(await ofTerraform(`\n\n${block('a')}`), 'database-public');
    const [other] = only(await ofTerraform(block('b')), 'database-public');
    expect(moved?.fingerprint).toBe(before?.fingerprint);
    expect(other?.fingerprint).not.toBe(before?.fingerprint);
  });
  it('are open when the deciding value is not known', async () => {
    const [finding] = only(
      await ofTerraform('variable "p" {}\nresource "aws_db_instance" "a" {\n  publicly_accessible = var.p\n}'),
      'database-public',
    );
    expect(finding).toMatchObject({
      kind: 'open',
      message: 'Could not tell whether database a has an address that the internet can reach: publicly_accessible is var.p',
    });
  });
  it('are open for unknown sources, ports and policies', async () => {
    const findings = await ofTerraform(
      'variable "v" {}\nresource "aws_security_group" "a" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = var.v\n  }\n}\n' +
        'resource "aws_security_group" "b" {\n  ingress = var.v\n}\nresource "aws_iam_policy" "c" {\n  policy = var.v\n}',
    );
    expect(only(findings, 'ssh-open-to-internet').map((f) => [f.kind, f.locations[0].fullyQualifiedName])).toEqual([
      ['open', 'aws_security_group.a'],
      ['open', 'aws_security_group.b'],
    ]);
    expect(only(findings, 'policy-allows-everything').map((f) => f.kind)).toEqual(['open']);
  });
  it('are one per resource with every place', async () => {
    const ingress = (cidr: string) => `  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = [${cidr}]\n  }\n`;
    const [finding, ...others] = only(
      await ofTerraform(`resource "aws_security_group" "a" {\n${ingress('"0.0.0.0/0"')}${ingress('var.x')}${ingress('"::/0"')}}`),
      'ssh-open-to-internet',
    );
    expect(others).toEqual([]);
    expect(finding?.kind).toBe('fail');
    expect(finding?.locations.map((location) => location.region?.startLine)).toEqual([5, 15]);
  });
});

describe('Dockerfile findings', () => {
  it('tell the same instruction apart by its ordinal, and survive other lines', async () => {
    const text = 'FROM a:1\nUSER 1\nADD x /x\nADD x /x';
    const before = only(await ofDockerfile(text), 'add-instead-of-copy').map((f) => f.fingerprint);
    const after = only(await ofDockerfile(text.replace('USER', '# moved\n\nUSER')), 'add-instead-of-copy').map((f) => f.fingerprint);
    expect(new Set(before).size).toBe(2);
    expect(after).toEqual(before);
  });
  it('are open when the user or tag is given at build time', async () => {
    const findings = await ofDockerfile('ARG TAG\nFROM a:$TAG\nARG WHO\nUSER $WHO');
    expect(findings.map((f) => [f.ruleId, f.kind])).toEqual([
      ['deploy/container-runs-as-root', 'open'],
      ['deploy/image-tag-not-fixed', 'open'],
    ]);
  });
  it('never show the secret', async () => {
    const findings = await ofDockerfile('FROM a:1\nUSER 1\nENV DB_PASSWORD=tr0ub4dor');
    expect(only(findings, 'secret-in-environment')).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('tr0ub4dor');
  });
});

it('fingerprints are unique in a run', async () => {
  const examples = terraformChecks.flatMap((check) => check.examples.fails.map(({ text }) => text));
  const findings = await run({ terraform: examples.map((text, index) => parseModule(`m${index}`, [{ uri: 'main.tf', text }]).module) });
  expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
});

it('what means exposure is a rule of this control', () => {
  expect(infrastructure.rules.filter((rule) => isExposed(rule.id))).toHaveLength(18);
  expect(isExposed('deploy/key-not-rotated')).toBe(false);
});

it('checks never throw on shuffled examples', () => {
  const lines = terraformChecks
    .flatMap((check) => [...check.examples.fails.map(({ text }) => text), ...check.examples.passes])
    .flatMap((text) => text.split('\n'));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 25 }), (chosen) => {
      const { module } = parseModule('', [
        { uri: 'a.tf', text: `resource "aws_security_group" "a" {\n${chosen.join('\n')}\n}\n${chosen.join('\n')}` },
      ]);
      for (const check of terraformChecks) expect([...check.find(module)].every((hit) => hit.message !== '')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** The largest file that is read, filled with one worst repeat each; a step that is not linear would not end in the test's time. */
it.each([
  ['RUN curl ', 'k'],
  ['RUN curl -', 'k'],
  ['RUN chmod ', 'a'],
  ['RUN git ', 'http.'],
  ['RUN ', '|sh'],
  ['RUN ', '$('],
  ['RUN ', '"'],
  ['RUN sh -c ', '\\'],
  ['ENV ', 'a= '],
  ['ARG ', 'PASSWORD_'],
  ['USER ', '${'],
  ['FROM a:', '${a-'],
  ['ADD ', 'https://'],
])('a long %s%s is read', (start, piece) => {
  const { dockerfile } = parseDockerfile('Dockerfile', `FROM a:1\n${start}${piece.repeat((256 * 1024) / piece.length)}`);
  for (const check of dockerfileChecks) expect([...check.find(dockerfile)].length).toBeLessThan(3);
});
