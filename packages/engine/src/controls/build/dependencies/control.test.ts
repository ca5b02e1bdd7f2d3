import type { Finding, Target } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import type { AdvisoryFacts, AdvisoryLookup, DependencyGraph, Package } from '../../../extractors/facts.ts';
import { dependencies } from './control.ts';

const target: Target = { kind: 'directory', uri: '.' };
const ctx = { signal: new AbortController().signal, now: () => timestamp('2026-01-01T00:00:00Z'), log: () => undefined };

const advisory = (more: Partial<AdvisoryFacts> = {}): AdvisoryFacts => ({
  id: 'GHSA-b',
  aliases: ['CVE-2020-1'],
  severity: 'high',
  severityStated: true,
  cwes: ['CWE-94'],
  ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
  versions: [],
  functions: [],
  ...more,
});

const item = (place: string, version: string, more: Partial<Package> = {}): Package => {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return {
    ecosystem: 'npm',
    name,
    version,
    purl: `pkg:npm/${name}@${version}`,
    place,
    scope: 'required',
    direct: !place.slice(1).includes('node_modules'),
    path: [name],
    region: { startLine: place.length },
    hasInstallScript: false,
    dependencies: {},
    ...more,
  };
};

const graph = (packages: readonly Package[], manifest = 'package-lock.json'): DependencyGraph => ({
  manifest,
  kind: 'package-lock',
  direct: {},
  packages,
});

/** The checks of dependency risk have their own examples. */
const NO_RISK = { popular: new Map(), registries: [], licences: { allow: [], deny: [] } };

const collected = async (graphs: readonly DependencyGraph[], advisories: AdvisoryLookup): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for await (const finding of dependencies.run({ dependencies: graphs, advisories, ...NO_RISK }, target, ctx)) findings.push(finding);
  return findings;
};

const run = async (
  graphs: readonly DependencyGraph[],
  advisories: Readonly<Record<string, readonly AdvisoryFacts[]>>,
): Promise<readonly Finding[]> => {
  const asked = async (ecosystem: string, names: readonly string[]) =>
    new Map(ecosystem === 'npm' ? Object.entries(advisories).filter(([name]) => names.includes(name)) : []);
  return collected(graphs, { advisoriesOf: asked });
};

const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  const [first] = list;
  if (first === undefined) throw new Error('empty');
  return first;
};

describe('build/dependencies', () => {
  it('says the effect, the way in, the component and the fix', async () => {
    const packages = [
      item('node_modules/express', '4.16.0', { dependencies: { b: 'node_modules/b' } }),
      item('node_modules/b', '1.0.0', { direct: false, path: ['express', 'b'] }),
    ];
    const finding = only(await run([graph(packages)], { b: [advisory({ cvss: 'CVSS:3.1/x' })], other: [advisory()] }));
    expect(finding).toMatchObject({
      ruleId: 'build/vulnerable-dependency',
      kind: 'fail',
      severity: 'high',
      confidence: 'high',
      message: 'Crafted input can run code through b 1.0.0',
      target,
      locations: [{ uri: 'package-lock.json', region: { startLine: 14 }, fullyQualifiedName: 'b@1.0.0' }],
      component: { purl: 'pkg:npm/b@1.0.0', bomRef: 'package-lock.json#node_modules/b', scope: 'required' },
      vulnerability: { id: 'GHSA-b', aliases: ['CVE-2020-1'], cvss: 'CVSS:3.1/x', fixed: ['2.0.0'] },
      properties: {},
    });
    expect(finding.codeFlow?.map((step) => [step.message, step.fullyQualifiedName])).toEqual([
      ['express 4.16.0, a direct dependency', 'express@4.16.0'],
      ['express 4.16.0 → b 1.0.0', 'b@1.0.0'],
    ]);
  });

  it('is one finding for two places of a version, with the strongest scope', async () => {
    const packages = [
      item('node_modules/b', '1.0.0', { scope: 'optional' }),
      item('node_modules/a/node_modules/b', '1.0.0', { direct: false, path: ['a', 'b'] }),
    ];
    const finding = only(await run([graph(packages)], { b: [advisory()] }));
    expect(finding.locations).toHaveLength(2);
    expect(finding.component).toMatchObject({ scope: 'required', bomRef: 'package-lock.json#node_modules/a/node_modules/b' });
    expect(finding.codeFlow?.map((step) => step.message)).toEqual(['b 1.0.0']);
  });

  it('tells the copy that ships from the same version for development, so that fixing one brings nothing new', async () => {
    const shipped = item('node_modules/a/node_modules/b', '1.0.0');
    const tool = item('node_modules/b', '1.0.0', { scope: 'excluded' });
    const both = await run([graph([shipped, tool])], { b: [advisory()] });
    const left = await run([graph([{ ...shipped, version: '2.0.0' }, tool])], { b: [advisory()] });
    expect(both).toHaveLength(2);
    expect(both.map((f) => f.fingerprint)).toContain(only(left).fingerprint);
  });

  it('is one finding for each line of releases, for what ships and what does not, and for each manifest', async () => {
    const tree = graph([
      item('node_modules/b', '1.0.0'),
      item('node_modules/a/node_modules/b', '1.5.0'),
      item('node_modules/c/node_modules/b', '2.0.0'),
      item('node_modules/d/node_modules/b', '0.4.0'),
      item('node_modules/e/node_modules/b', '1.1.0', { scope: 'excluded' }),
    ]);
    const findings = await run([tree, graph([item('node_modules/b', '1.0.0')], 'x/package-lock.json')], { b: [advisory()] });
    expect(findings.map((f) => [f.component?.bomRef, f.component?.scope, f.locations.length])).toEqual([
      ['package-lock.json#node_modules/b', 'required', 2],
      ['package-lock.json#node_modules/d/node_modules/b', 'required', 1],
      ['package-lock.json#node_modules/e/node_modules/b', 'excluded', 1],
      ['x/package-lock.json#node_modules/b', 'required', 1],
    ]);
    expect(findings[0]?.message).toContain('b 1.0.0, 1.5.0');
    expect(new Set(findings.map((f) => f.fingerprint)).size).toBe(4);
  });

  describe('identity', () => {
    const identity = async (packages: readonly Package[], facts: AdvisoryFacts): Promise<readonly string[]> =>
      (await run([graph(packages)], { b: [facts] })).map((f) => f.fingerprint);
    const first = item('node_modules/b', '1.0.0');

    it('survives updates, moves of lines and places, and another id of the same flaw', async () => {
      const [before] = await identity([first], advisory());
      expect(await identity([item('node_modules/z/node_modules/b', '1.1.0', { region: { startLine: 9 } })], advisory())).toEqual([before]);
      expect(await identity([first], advisory({ id: 'CVE-2020-1', aliases: ['GHSA-b', 'NSWG-1'] }))).toEqual([before]);
      expect(await identity([first], advisory({ id: 'GHSA-c', aliases: ['CVE-2020-2'] }))).not.toEqual([before]);
    });
    it('does not change when a copy of another line, or one for development, comes, goes or moves', async () => {
      const [alone] = await identity([first], advisory());
      const old = item('node_modules/a/node_modules/b', '0.4.0');
      const tool = item('node_modules/a/node_modules/b', '1.2.0', { scope: 'excluded' });
      for (const other of [old, tool, { ...old, place: 'node_modules/z/node_modules/b' }]) {
        expect(await identity([other, first], advisory())).toContain(alone);
        expect(await identity([other], advisory())).not.toContain(alone);
      }
    });
  });

  it('is open, never silent, for a version that cannot be compared', async () => {
    const finding = only(await run([graph([item('node_modules/b', 'latest')])], { b: [advisory()] }));
    expect(finding).toMatchObject({
      kind: 'open',
      confidence: 'low',
      message: 'b latest may have a known flaw, CVE-2020-1: its version cannot be compared',
    });
  });

  it('is less sure of a severity that nobody stated', async () => {
    expect(
      only(await run([graph([item('node_modules/b', '1.0.0')])], { b: [advisory({ severityStated: false, severity: 'medium' })] }))
        .confidence,
    ).toBe('medium');
  });

  it('takes names such as constructor for names', async () => {
    const packages = [item('node_modules/constructor', '1.0.0', { path: ['toString', 'constructor'] })];
    expect(await run([graph(packages)], { constructor: [advisory()] })).toHaveLength(1);
  });
});

describe('build/dependencies, in several ecosystems', () => {
  const python = (name: string, version: string, more: Partial<Package> = {}): Package => ({
    ...item(name, version),
    ecosystem: 'PyPI',
    name,
    purl: `pkg:pypi/${name}@${version}`,
    place: `${name}@${version}`,
    path: [name],
    direct: true,
    ...more,
  });

  /** Answers per ecosystem, and remembers the questions. */
  const asking = (advisories: Readonly<Record<string, Readonly<Record<string, readonly AdvisoryFacts[]>>>>) => {
    const asked: (readonly [string, readonly string[]])[] = [];
    const advisoriesOf = async (ecosystem: string, names: readonly string[]) => {
      asked.push([ecosystem, names]);
      return new Map(Object.entries(advisories[ecosystem] ?? {}).filter(([name]) => names.includes(name)));
    };
    return { asked, advisoriesOf };
  };

  it('asks once for each ecosystem, with each name once', async () => {
    const lookup = asking({});
    const npm = graph([item('node_modules/b', '1.0.0'), item('node_modules/a/node_modules/b', '2.0.0')]);
    await collected(
      [npm, graph([python('b', '1.0'), python('a', '1.0')], 'poetry.lock'), graph([python('a', '2.0')], 'x/poetry.lock')],
      lookup,
    );
    expect(lookup.asked).toEqual([
      ['PyPI', ['b', 'a']],
      ['npm', ['b']],
    ]);
  });

  it('never takes the advisory of a namesake in another ecosystem', async () => {
    const lookup = asking({ npm: { b: [advisory()] } });
    const mixed = graph([item('node_modules/b', '1.0.0'), python('b', '1.0')], 'bom.json');
    expect(only(await collected([mixed], lookup)).component?.purl).toBe('pkg:npm/b@1.0.0');
  });

  it('compares by the order of the ecosystem and says the way in by its path', async () => {
    const flaw = advisory({ ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0' }] }] });
    const packages = [
      python('requests', '2.31.0', { dependencies: { urllib3: 'urllib3@2.0rc1' } }),
      python('urllib3', '2.0rc1', { direct: false, path: ['requests', 'urllib3'] }),
      python('urllib3', '2.0.0', { direct: false, path: ['requests', 'urllib3'] }),
    ];
    const finding = only(await collected([graph(packages, 'uv.lock')], asking({ PyPI: { urllib3: [flaw] } })));
    expect(finding.message).toContain('urllib3 2.0rc1');
    expect(finding.vulnerability?.fixed).toEqual(['2.0']);
    expect(finding.codeFlow?.map((step) => step.message)).toEqual([
      'requests 2.31.0, a direct dependency',
      'requests 2.31.0 → urllib3 2.0rc1',
    ]);
  });

  it('begins with the shortest way in', async () => {
    const far = python('b', '1.0', { place: 'a', direct: false, path: ['x', 'y', 'b'] });
    const near = python('b', '1.0', { place: 'z' });
    const finding = only(await collected([graph([far, near], 'uv.lock')], asking({ PyPI: { b: [advisory()] } })));
    expect(finding.component?.bomRef).toBe('uv.lock#z');
  });

  it('has one identity whatever a package URL adds to its name', async () => {
    const lookup = asking({ PyPI: { b: [advisory()] } });
    const plain = only(await collected([graph([python('b', '1.0')])], lookup));
    const qualified = only(await collected([graph([python('b', '1.1', { purl: 'pkg:pypi/b@1.1?vcs_url=git@host' })])], lookup));
    expect(qualified.fingerprint).toBe(plain.fingerprint);
  });
});
