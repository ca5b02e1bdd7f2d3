/** Documents in the shapes that other tools write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BomReading } from './index.ts';
import { parseCycloneDx, parseCycloneDxVex } from './index.ts';

const uri = 'app.cdx.json';
const document = (more: object) => ({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, ...more });
const read = (more: object): BomReading => {
  const parsed = parseCycloneDx(document(more), { uri });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const only = (reading: BomReading) => reading.bom.manifests[0]?.components ?? [];
const library = (name: string, version: string, more: object = {}) => ({
  type: 'library',
  'bom-ref': `${name}@${version}`,
  name,
  version,
  purl: `pkg:npm/${name}@${version}`,
  ...more,
});

describe('as npm writes it', () => {
  const npm = {
    metadata: {
      timestamp: '2026-10-01T09:00:00.000Z',
      tools: [{ vendor: 'npm', name: 'cli', version: '10.9.0' }],
      component: { 'bom-ref': 'shop@1.0.0', type: 'library', name: 'shop', version: '1.0.0', purl: 'pkg:npm/shop@1.0.0' },
    },
    components: [
      library('a', '1.0.0', {
        hashes: [{ alg: 'SHA-512', content: '0f'.repeat(64) }],
        externalReferences: [{ type: 'distribution', url: 'https://registry.example.test/a.tgz' }],
        licenses: [{ license: { id: 'MIT' } }],
        properties: [{ name: 'cdx:npm:package:path', value: 'node_modules/a' }],
      }),
      library('b', '2.0.0', { scope: 'optional' }),
      library('b', '2.0.0', { scope: 'optional' }),
      library('b', '1.0.0'),
      library('t', '3.0.0', { scope: 'optional', properties: [{ name: 'cdx:npm:package:development', value: 'true' }] }),
      library('u', '1.0.0', {
        externalReferences: [{ type: 'distribution', url: 'u', hashes: [{ alg: 'SHA-1', content: '00'.repeat(20) }] }],
        hashes: [{ alg: 'SHA-512', content: '00'.repeat(64) }],
        properties: [{ name: 'cdx:maven:component_scope', value: 'test' }],
      }),
      { ...library('c', '1.0.0'), group: '@x', name: 'c', purl: 'pkg:npm/%40x/c@1.0.0' },
    ],
    dependencies: [
      { ref: 'shop@1.0.0', dependsOn: ['a@1.0.0', 't@3.0.0'] },
      { ref: 'a@1.0.0', dependsOn: ['b@2.0.0', 'b@1.0.0', 'c@1.0.0', 'nothing'] },
    ],
  };

  it('gives one manifest with everything that is said', () => {
    const { bom, left } = read(npm);
    expect(left).toEqual([]);
    expect(bom).toMatchObject({ subject: { name: 'shop', version: '1.0.0' }, tool: { name: 'cli', version: '10.9.0' } });
    expect(bom.createdAt).toBe('2026-10-01T09:00:00.000Z');
    expect(bom.manifests).toHaveLength(1);
    expect(bom.manifests[0]).toMatchObject({ uri, kind: 'sbom', formatVersion: '1.5' });
    const components = only({ bom, left });
    expect(components.map(({ place, scope, direct }) => `${place} ${scope} ${direct}`)).toEqual([
      'a@1.0.0 required true',
      'b@1.0.0 required false',
      'b@2.0.0 optional false',
      'c@1.0.0 required false',
      't@3.0.0 excluded true',
      'u@1.0.0 excluded false',
    ]);
    expect(components[0]).toEqual({
      place: 'a@1.0.0',
      name: 'a',
      version: '1.0.0',
      purl: 'pkg:npm/a@1.0.0',
      scope: 'required',
      direct: true,
      integrity: `sha512-${btoa('\x0f'.repeat(64))}`,
      resolved: 'https://registry.example.test/a.tgz',
      license: 'MIT',
      dependencies: { b: 'b@1.0.0', 'b@2.0.0': 'b@2.0.0', '@x/c': 'c@1.0.0' },
    });
    expect(components[3]?.name).toBe('@x/c');
    expect(components[5]?.integrity).toBe(`sha1-${btoa('\0'.repeat(20))}`);
  });

  it('does not take the project itself for one of its packages', () => {
    const { components } = npm;
    expect(only(read({ ...npm, components: [...components, npm.metadata.component] })).map(({ name }) => name)).not.toContain('shop');
    expect(read({ ...npm, components: [] }).left).toEqual([{ name: 'shop', why: 'is what the document is about, not a part of it' }]);
  });
});

describe('as scanners of file systems write it', () => {
  it('leads through lockfiles to what is direct, and says what is no package', () => {
    const reading = read({
      metadata: { component: { 'bom-ref': 'root', type: 'application', name: '.' }, tools: { components: [{ name: 't', version: '1' }] } },
      components: [
        { 'bom-ref': 'lock', type: 'application', name: 'package-lock.json' },
        { 'bom-ref': 'f', type: 'file', name: '/etc/os-release' },
        { 'bom-ref': 'os', type: 'operating-system', name: 'debian', version: '12' },
        library('a', '1.0.0'),
        library('b', '1.0.0'),
      ],
      dependencies: [
        { ref: 'root', dependsOn: ['lock'] },
        { ref: 'lock', dependsOn: ['a@1.0.0'] },
        { ref: 'a@1.0.0', dependsOn: ['b@1.0.0'] },
      ],
    });
    expect(only(reading).map(({ name, direct }) => [name, direct])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(reading.left).toEqual([
      { name: 'package-lock.json', why: 'has no package URL' },
      { name: '/etc/os-release', why: 'is a file, not a package' },
      { name: 'debian', why: 'has no package URL' },
    ]);
  });

  it('takes a version from beside the package URL, and qualifiers as they are', () => {
    const reading = read({
      components: [
        { type: 'library', name: 'a', version: '1.0.0', purl: 'pkg:npm/a?x=y#z' },
        { type: 'library', name: 'b', purl: 'pkg:npm/%40s/b' },
        { type: 'library', name: 'c', version: '1', purl: 'no purl' },
        { type: 'library', group: 'org.x', name: 'd', version: '1', purl: 'pkg:maven/org.x/d@1?type=jar' },
        'odd',
      ],
    });
    expect(only(reading).map(({ purl, name, version }) => [purl, name, version])).toEqual([
      ['pkg:maven/org.x/d@1?type=jar', 'org.x:d', '1'],
      ['pkg:npm/a@1.0.0?x=y#z', 'a', '1.0.0'],
    ]);
    expect(reading.left).toEqual([
      { name: 'a component', why: 'is no object' },
      { name: 'b', why: 'has no version' },
      { name: 'c', why: 'has a package URL that cannot be read' },
    ]);
  });

  it('finds nested components, keeps two of one reference apart, and needs no references', () => {
    const noRef = { type: 'library', name: 'n', version: '1', purl: 'pkg:npm/n@1' };
    const reading = read({
      metadata: { component: { name: 'w', type: 'application', components: [library('inner', '1.0.0')] } },
      components: [
        library('a', '1.0.0', { components: [library('b', '1.0.0', { components: [library('c', '1.0.0')] })] }),
        library('x', '2.0.0', { 'bom-ref': 'a@1.0.0' }),
        noRef,
        noRef,
      ],
    });
    expect(only(reading).map(({ place }) => place)).toEqual([
      'a@1.0.0',
      'a@1.0.0 (2)',
      'b@1.0.0',
      'c@1.0.0',
      'inner@1.0.0',
      'pkg:npm/n@1',
      'pkg:npm/n@1 (2)',
    ]);
  });

  it('joins several licences', () => {
    const licensed = (licenses: object[]) => only(read({ components: [library('a', '1', { licenses })] }))[0]?.license;
    expect(licensed([{ license: { id: 'MIT' } }, { license: { id: 'ISC' } }])).toBe('MIT AND ISC');
    expect(licensed([{ expression: 'MIT OR ISC' }])).toBe('MIT OR ISC');
    expect(licensed([{ license: { name: 'a licence' } }, { license: { id: 'ISC' } }])).toBe('a licence, ISC');
  });
});

describe('what cannot be read', () => {
  it.each([
    [{ bomFormat: 'x' }, 'bomFormat: is not CycloneDX'],
    [document({ specVersion: '1.1' }), 'specVersion: only 1.2 to 1.7 are read'],
    [document({ components: {} }), 'components: is no list'],
    [document({ dependencies: 'x' }), 'dependencies: is no list'],
    [document({ metadata: [] }), 'metadata: is no object'],
    [null, 'bomFormat: is not CycloneDX'],
  ])('%# says where', (json, error) => {
    expect(parseCycloneDx(json, { uri })).toEqual({ ok: false, error });
    expect(parseCycloneDxVex(json)).toEqual({ ok: false, error });
  });

  it('is never thrown about', () => {
    const keys = ['metadata', 'components', 'dependencies', 'vulnerabilities'];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        expect(typeof parseCycloneDx(document({ [key]: [value] }), { uri }).ok).toBe('boolean');
        expect(typeof parseCycloneDx(document({ [key]: value }), { uri }).ok).toBe('boolean');
        expect(typeof parseCycloneDxVex(document({ [key]: [value] })).ok).toBe('boolean');
      }),
    );
  });

  it('has a limit', () => {
    const components = [library('a', '1', { components: [library('b', '1')] }), library('c', '1')];
    expect(parseCycloneDx(document({ components }), { uri, maxComponents: 2 })).toEqual({ ok: false, error: 'components: more than 2' });
    expect(parseCycloneDx(document({ components }), { uri, maxComponents: 3 }).ok).toBe(true);
  });
});

describe('statements', () => {
  const statements = (vulnerabilities: object[], more: object = {}) => {
    const parsed = parseCycloneDxVex(document({ vulnerabilities, ...more }));
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  };
  const affects = [{ ref: 'pkg:npm/a@1' }];

  it.each([
    ['resolved', 'fixed'],
    ['resolved_with_pedigree', 'fixed'],
    ['exploitable', 'affected'],
    ['in_triage', 'under_investigation'],
    ['false_positive', 'not_affected'],
    ['not_affected', 'not_affected'],
  ])('%s is %s', (state, status) => {
    expect(statements([{ id: 'CVE-1', analysis: { state }, affects }]).vex.statements[0]?.status).toBe(status);
  });

  it('are for the components that the references lead to', () => {
    const { vex, left } = statements(
      [
        {
          id: 'CVE-2',
          references: [{ id: 'GHSA-2', source: {} }],
          analysis: { state: 'not_affected', justification: 'code_not_reachable', detail: 'never called', response: ['will_not_fix'] },
          affects: [{ ref: 'one' }, { ref: 'urn:cdx:0/1#pkg%3Anpm%2Fb%402' }, { ref: 'gone' }],
        },
        { id: 'CVE-1', affects },
      ],
      { components: [{ 'bom-ref': 'one', name: 'a', purl: 'pkg:npm/a@1' }], serialNumber: 'urn:uuid:0', version: 3 },
    );
    expect(vex).toMatchObject({ id: 'urn:uuid:0', version: 3, author: 'unknown' });
    expect(vex.statements).toEqual([
      {
        vulnerability: 'CVE-2',
        aliases: ['GHSA-2'],
        products: ['pkg:npm/a@1', 'pkg:npm/b@2'],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        impact: 'never called',
        action: 'will not fix',
      },
    ]);
    expect(left).toEqual([
      { name: 'CVE-2 in gone', why: 'affects what has no package URL' },
      { name: 'CVE-1', why: 'has no state that is known: nothing is stated of it' },
    ]);
  });
});
