/** Every example of every check of dependency risk: a fail is found at exactly its line, a pass stays silent. */
import { describe, expect, it } from 'vitest';
import { graphOf as commonGraph } from '../../../../extractors/dependencies/graph.ts';
import type { DependencyGraph } from '../../../../extractors/facts.ts';
import { graphOf } from '../../../../extractors/npm/graph.ts';
import { parseLockfile } from '../../../../extractors/npm/lockfile.ts';
import { readPopular } from '../../../../extractors/popular/read.ts';
import { settingsIn } from '../../../../extractors/registries/read.ts';
import { riskChecks } from '../catalogue.gen.ts';
import type { RiskFact } from './fact.ts';

const popular = await readPopular();

/** `--- name` starts a file; without one the text is a package-lock.json. */
const filesIn = (text: string): ReadonlyMap<string, string> => {
  if (!text.startsWith('--- ')) return new Map([['package-lock.json', text]]);
  const parts = text.split(/^--- /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
};

const requirementsGraph = (text: string): DependencyGraph => {
  const entries = [...text.matchAll(/^([\w-]+)==(\S+)(?: --hash=(\S+))?/gm)].map(([, name = '', version = '', integrity]) => ({
    place: name,
    name,
    version,
    region: { startLine: 1 },
    edges: [],
    ...(integrity === undefined ? {} : { integrity }),
  }));
  return commonGraph('requirements.txt', { kind: 'requirements', ecosystem: 'PyPI' }, { entries, roots: [], direct: {}, left: [] }).graph;
};

const npmGraph = (files: ReadonlyMap<string, string>): DependencyGraph => {
  const { graph } = graphOf('package-lock.json', parseLockfile(files.get('package-lock.json') ?? '{}'), undefined);
  const manifest = files.get('package.json');
  return manifest === undefined ? graph : { ...graph, declared: JSON.parse(manifest).dependencies };
};

const factFrom = (text: string): RiskFact => {
  const files = filesIn(text);
  const requirements = files.get('requirements.txt');
  return {
    graph: requirements === undefined ? npmGraph(files) : requirementsGraph(requirements),
    popular,
    registries: [...files].flatMap(([uri, content]) => (uri.endsWith('.json') ? [] : settingsIn(uri, content))),
    published: (_ecosystem, name) => (name === 'b' ? '4.0.1' : name === 'c' ? '3.2.0' : undefined),
    licences: { allow: ['MIT', 'Apache-2.0'], deny: ['AGPL-3.0-only'] },
  };
};

for (const check of riskChecks) {
  describe(check.rule.id, () => {
    it('has examples of both kinds and a rule that explains itself', () => {
      expect(check.examples.fails.length).toBeGreaterThan(0);
      expect(check.examples.passes.length).toBeGreaterThan(0);
      expect(check.rule.help.references.length).toBeGreaterThan(0);
      expect(check.rule.taxa[0]).toMatch(/^CWE-\d+$/);
    });
    it.each(check.examples.fails.map(({ line, text }) => [line, text] as const))('fails at line %i of %s', (line, text) => {
      const hits = [...check.find(factFrom(text))].filter((hit) => hit.open !== true);
      expect([...new Set(hits.map((hit) => hit.at.region?.startLine))]).toEqual([line]);
    });
    it.each(check.examples.passes)('passes %s', (text) => {
      expect([...check.find(factFrom(text))]).toEqual([]);
    });
  });
}
