/** Every example of every check: a fail is found at exactly its line, a pass stays silent. */
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../extractors/dockerfile/parse.ts';
import { parseModule } from '../../../extractors/terraform/module.ts';
import type { Check } from '../../check.ts';
import { dockerfileChecks, terraformChecks } from './catalogue.gen.ts';

const dockerfileFrom = (text: string) => {
  const { dockerfile, mistakes } = parseDockerfile('Dockerfile', text);
  expect(mistakes).toEqual([]);
  return dockerfile;
};
const moduleFrom = (text: string) => {
  const { module, mistakes } = parseModule('', [{ uri: 'main.tf', text }]);
  expect(mistakes).toEqual([]);
  return module;
};

const specify = <Fact>(check: Check<Fact>, read: (text: string) => Fact): void => {
  describe(check.rule.id, () => {
    it('has examples of both kinds and a rule that explains itself', () => {
      expect(check.examples.fails.length).toBeGreaterThan(0);
      expect(check.examples.passes.length).toBeGreaterThan(0);
      expect(check.rule.help.references.length).toBeGreaterThan(0);
      expect(check.rule.taxa[0]).toMatch(/^CWE-\d+$/);
    });
    it.each(check.examples.fails.map(({ line, text }) => [line, text] as const))('fails at line %i of %s', (line, text) => {
      const hits = [...check.find(read(text))].filter((hit) => hit.open !== true);
      expect([...new Set(hits.map((hit) => hit.at.region?.startLine))]).toEqual([line]);
    });
    it.each(check.examples.passes)('passes %s', (text) => {
      expect([...check.find(read(text))]).toEqual([]);
    });
  });
};

for (const check of dockerfileChecks) specify(check, dockerfileFrom);
for (const check of terraformChecks) specify(check, moduleFrom);

it('no two checks share an id', () => {
  const ids = [...dockerfileChecks, ...terraformChecks].map((check) => check.rule.id);
  expect(new Set(ids).size).toBe(ids.length);
});
