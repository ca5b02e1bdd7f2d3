import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bom as anyBom, anyWords } from '../../../../../tests/arbitraries/bom.ts';
import { withVex } from '../../../../../tests/arbitraries/vex.ts';
import type { Bom, BomComponent } from '../../bom.ts';
import { timestamp } from '../../scalar.ts';
import { parseCycloneDx, parseCycloneDxVex, toCycloneDx, toCycloneDxXml } from './index.ts';

const uri = 'other.cdx.json';
const viaText = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

const component = (more: Partial<BomComponent> = {}): BomComponent => ({
  place: 'node_modules/a',
  name: 'a',
  version: '1.0.0',
  purl: 'pkg:npm/a@1.0.0',
  scope: 'required',
  direct: false,
  dependencies: {},
  ...more,
});

const bomWith = (...components: readonly BomComponent[]): Bom => ({
  subject: { name: 'checkout', version: '1.42.0' },
  tool: { name: 'breakwater', version: '0.1.0' },
  createdAt: timestamp('2026-10-01T09:00:00.000Z'),
  manifests: [{ uri: 'package-lock.json', kind: 'package-lock', formatVersion: '3', direct: { a: '^1.0.0' }, components }],
});

describe('a document of our own', () => {
  it.each(['1.5', '1.6'] as const)('%s comes back as it was', (version) => {
    fc.assert(
      fc.property(anyBom, (bom) => {
        expect(parseCycloneDx(viaText(toCycloneDx(bom, { version })), { uri })).toEqual({ ok: true, value: { bom, left: [] } });
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the statements of flaws too', () => {
    fc.assert(
      fc.property(withVex(anyBom, anyWords), ([bom, vex]) => {
        const json = viaText(toCycloneDx(bom, { version: '1.6', vex }));
        expect(parseCycloneDx(json, { uri })).toEqual({ ok: true, value: { bom, left: [] } });
        expect(parseCycloneDxVex(json)).toEqual({ ok: true, value: { vex, left: [] } });
      }),
      { numRuns: 150 },
    );
  });

  it('has a graph in which every reference of the document appears once, and leads nowhere else', () => {
    fc.assert(
      fc.property(withVex(anyBom, anyWords), ([bom, vex]) => {
        const { metadata, components, dependencies, vulnerabilities } = toCycloneDx(bom, { version: '1.6', vex });
        const refs = [metadata.component, ...components].map((one) => one['bom-ref'] ?? '').sort();
        expect(new Set(refs).size).toBe(refs.length);
        expect(dependencies.map(({ ref }) => ref)).toEqual(refs);
        const known = new Set(refs);
        for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(known).toContain(ref);
        for (const { affects } of vulnerabilities ?? []) {
          expect(affects.length).toBeGreaterThan(0);
          for (const { ref } of affects) expect(known).toContain(ref);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says each thing in the field that the standard has for it', () => {
    const bom = bomWith(
      component({
        name: '@x/a',
        purl: 'pkg:npm/%40x/a@1.0.0',
        direct: true,
        region: { startLine: 12, startColumn: 5 },
        integrity: `sha1-${btoa('\0'.repeat(20))}`,
        resolved: 'https://registry.example.test/a/-/a-1.0.0.tgz',
        license: 'MIT OR Apache-2.0',
        hasInstallScript: true,
        dependencies: { b: 'node_modules/b', alias: 'node_modules/b2' },
      }),
      component({ place: 'node_modules/b', name: 'b', license: 'see the file' }),
      component({ place: 'node_modules/b2', name: 'b' }),
    );
    const { components, dependencies, serialNumber, metadata } = toCycloneDx(bom, { version: '1.6', serial: '0'.repeat(8) });
    expect(serialNumber).toBe('urn:uuid:00000000');
    expect(metadata.component).toMatchObject({ type: 'application', name: 'checkout', version: '1.42.0' });
    expect(components.find((one) => one['bom-ref'] === 'package-lock.json#node_modules/a')).toEqual({
      type: 'library',
      'bom-ref': 'package-lock.json#node_modules/a',
      group: '@x',
      name: 'a',
      version: '1.0.0',
      scope: 'required',
      hashes: [{ alg: 'SHA-1', content: '00'.repeat(20) }],
      licenses: [{ expression: 'MIT OR Apache-2.0' }],
      purl: 'pkg:npm/%40x/a@1.0.0',
      externalReferences: [{ type: 'distribution', url: 'https://registry.example.test/a/-/a-1.0.0.tgz' }],
      properties: [
        { name: 'breakwater:dependency:alias', value: 'node_modules/b2' },
        { name: 'breakwater:direct', value: 'true' },
        { name: 'breakwater:install-script', value: 'true' },
        { name: 'breakwater:place', value: 'node_modules/a' },
        { name: 'breakwater:region', value: '12:5' },
      ],
      evidence: { occurrences: [{ location: 'package-lock.json', line: 12 }] },
    });
    expect(components.find(({ name }) => name === 'b')?.licenses).toEqual([{ license: { name: 'see the file' } }]);
    expect(dependencies).toContainEqual({ ref: 'package-lock.json', dependsOn: ['package-lock.json#node_modules/a'] });
    expect(dependencies).toContainEqual({ ref: '#checkout', dependsOn: ['package-lock.json'] });
    expect(dependencies).toContainEqual({
      ref: 'package-lock.json#node_modules/a',
      dependsOn: ['package-lock.json#node_modules/b', 'package-lock.json#node_modules/b2'],
    });
    expect(toCycloneDx(bom, { version: '1.5' }).components[1]?.evidence).toEqual({ occurrences: [{ location: 'package-lock.json' }] });
  });

  it('gives the same bytes in whatever order the Bom came', () => {
    const [a, b] = [component(), component({ place: 'node_modules/b', name: 'b' })];
    const one = bomWith(a, b);
    const manifests = [...one.manifests, { ...bomWith(b).manifests[0], uri: 'a.lock', kind: 'x', direct: {}, components: [b] }];
    const forwards = toCycloneDx({ ...one, manifests }, { version: '1.6' });
    const backwards = toCycloneDx({ ...bomWith(b, a), manifests: [...manifests].reverse() }, { version: '1.6' });
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
  });

  it('points a statement about every version at each component of that name', () => {
    const bom = bomWith(component(), component({ place: 'node_modules/b/node_modules/a', version: '2.0.0', purl: 'pkg:npm/a@2.0.0' }));
    const statement = { vulnerability: 'CVE-2024-0001', aliases: [], products: ['pkg:npm/a'], status: 'fixed' } as const;
    const vex = { id: 'urn:x', author: 'x', createdAt: bom.createdAt, version: 1, tool: bom.tool, statements: [statement] };
    const [vulnerability] = toCycloneDx(bom, { version: '1.6', vex }).vulnerabilities ?? [];
    expect(vulnerability).toMatchObject({
      id: 'CVE-2024-0001',
      source: { name: 'NVD' },
      analysis: { state: 'resolved' },
      affects: [{ ref: 'package-lock.json#node_modules/a' }, { ref: 'package-lock.json#node_modules/b/node_modules/a' }],
    });
  });

  it('keeps what somebody adds to it as a manifest beside ours', () => {
    const json = toCycloneDx(bomWith(component()), { version: '1.6' });
    const added = { type: 'library', name: 'z', purl: 'pkg:npm/z@1.0.0', 'bom-ref': 'z' };
    const read = parseCycloneDx(viaText({ ...json, components: [...json.components, added] }), { uri: 'package-lock.json' });
    expect(read).toMatchObject({
      ok: true,
      value: { bom: { manifests: [{ kind: 'package-lock' }, { kind: 'sbom', components: [{ place: 'z' }] }] } },
    });
  });
});

describe('XML', () => {
  it('escapes what is reserved and leaves out what XML cannot hold', () => {
    const xml = toCycloneDxXml(bomWith(component({ deprecated: 'a\u0000b\ud800 <&>\r]]>"', dependencies: { 'x"\n<': 'gone' } })), {
      version: '1.6',
    });
    expect(xml).toContain('<property name="breakwater:deprecated">ab &lt;&amp;&gt;&#13;]]&gt;"</property>');
    expect(xml).toContain('<property name="breakwater:dependency:x&quot;&#10;&lt;">gone</property>');
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">')).toBe(
      true,
    );
  });
});
