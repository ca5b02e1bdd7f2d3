import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bom as anyBom } from '../../../../../tests/arbitraries/bom.ts';
import { timestamp } from '../../scalar.ts';
import type { BomReading } from './index.ts';
import { parseSpdx, toSpdx } from './index.ts';

const uri = 'app.spdx.json';
const namespace = 'https://example.test/spdx/0';
const viaText = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe('a document of our own', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyBom, (bom) => {
        expect(parseSpdx(viaText(toSpdx(bom, { namespace })), { uri })).toEqual({ ok: true, value: { bom, left: [] } });
      }),
      { numRuns: 300 },
    );
  });

  it('has identifiers that the standard allows, each once, and relationships between them alone', () => {
    fc.assert(
      fc.property(anyBom, (bom) => {
        const { packages, relationships, hasExtractedLicensingInfos = [] } = toSpdx(bom, { namespace });
        const ids = ['SPDXRef-DOCUMENT', ...packages.map(({ SPDXID }) => SPDXID)];
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/);
        const known = new Set(ids);
        for (const { spdxElementId, relatedSpdxElement } of relationships) {
          expect(known).toContain(spdxElementId);
          expect(known).toContain(relatedSpdxElement);
        }
        const defined = new Set(hasExtractedLicensingInfos.map(({ licenseId }) => licenseId));
        for (const { licenseDeclared } of packages)
          if (licenseDeclared.startsWith('LicenseRef-')) expect(defined).toContain(licenseDeclared);
      }),
      { numRuns: 100 },
    );
  });

  it('says each thing in the field that the standard has for it', () => {
    const base = { version: '1.0.0', dependencies: {} };
    const document = toSpdx(
      {
        subject: { name: 'checkout' },
        tool: { name: 'breakwater', version: '0.1.0' },
        createdAt: timestamp('2026-10-01T09:00:00.123Z'),
        manifests: [
          {
            uri: 'package-lock.json',
            kind: 'package-lock',
            direct: {},
            components: [
              {
                ...base,
                place: 'a',
                name: 'a',
                purl: 'pkg:npm/a@1.0.0',
                scope: 'required',
                direct: true,
                region: { startLine: 7 },
                integrity: `sha1-${btoa('\0'.repeat(20))}`,
                resolved: 'https://registry.example.test/a.tgz',
                license: 'MIT',
                dependencies: { d: 'd' },
              },
              { ...base, place: 'd', name: 'd', scope: 'excluded', direct: true, license: 'own words' },
            ],
          },
        ],
      },
      { namespace },
    );
    expect(document).toMatchObject({ documentNamespace: namespace, creationInfo: { created: '2026-10-01T09:00:00Z' } });
    expect(document.packages[2]).toMatchObject({
      SPDXID: 'SPDXRef-Package-package-lock.2e.json.at.a',
      versionInfo: '1.0.0',
      downloadLocation: 'https://registry.example.test/a.tgz',
      licenseDeclared: 'MIT',
      checksums: [{ algorithm: 'SHA1', checksumValue: '00'.repeat(20) }],
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/a@1.0.0' }],
      sourceInfo: 'package-lock.json:7',
    });
    expect(document.packages[3]).toMatchObject({ downloadLocation: 'NOASSERTION', licenseDeclared: 'LicenseRef-own.20.words' });
    expect(
      document.relationships.map((r) => [r.spdxElementId, r.relationshipType, r.relatedSpdxElement].join(' ').replaceAll('SPDXRef-', '')),
    ).toEqual([
      'DOCUMENT DESCRIBES Subject',
      'Subject CONTAINS Manifest-package-lock.2e.json',
      'Manifest-package-lock.2e.json CONTAINS Package-package-lock.2e.json.at.a',
      'Manifest-package-lock.2e.json DEPENDS_ON Package-package-lock.2e.json.at.a',
      'Package-package-lock.2e.json.at.a DEPENDS_ON Package-package-lock.2e.json.at.d',
      'Manifest-package-lock.2e.json CONTAINS Package-package-lock.2e.json.at.d',
      'Package-package-lock.2e.json.at.d DEV_DEPENDENCY_OF Manifest-package-lock.2e.json',
    ]);
  });
});

const document = (more: object) => ({ spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', ...more });
const read = (more: object): BomReading => {
  const parsed = parseSpdx(document(more), { uri });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const item = (name: string, more: object = {}) => ({
  SPDXID: `SPDXRef-${name}`,
  name,
  versionInfo: '1.0.0',
  downloadLocation: 'NOASSERTION',
  externalRefs: [{ referenceCategory: 'PACKAGE_MANAGER', referenceType: 'purl', referenceLocator: `pkg:npm/${name}@1.0.0` }],
  ...more,
});
const relation = (from: string, relationshipType: string, to: string) => ({
  spdxElementId: `SPDXRef-${from}`,
  relationshipType,
  relatedSpdxElement: `SPDXRef-${to}`,
});

describe('documents of other tools', () => {
  it('take scope from the kinds of relationships, and what is direct from the root', () => {
    const { bom, left } = read({
      creationInfo: { created: '2026-10-01T09:00:00Z', creators: ['Organization: x', 'Tool: npm/cli-10.9.0'] },
      packages: [
        item('root'),
        item('a', {
          licenseDeclared: 'MIT',
          checksums: [{ algorithm: 'SHA512', checksumValue: '0F'.repeat(64) }],
          downloadLocation: 'https://example.test/a.tgz',
        }),
        item('b'),
        item('dev', { licenseDeclared: 'LicenseRef-x' }),
        item('inner'),
        item('opt', { licenseConcluded: 'ISC', licenseDeclared: 'NOASSERTION' }),
        item('loose', { versionInfo: undefined }),
        { SPDXID: 'SPDXRef-n', name: 'no purl', primaryPackagePurpose: 'FILE' },
      ],
      hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-x', name: 'NOASSERTION', extractedText: 'own words' }],
      files: [{ fileName: './a.js' }],
      relationships: [
        relation('DOCUMENT', 'DESCRIBES', 'root'),
        relation('a', 'DEPENDENCY_OF', 'root'),
        relation('a', 'DEPENDS_ON', 'b'),
        relation('dev', 'DEV_DEPENDENCY_OF', 'root'),
        relation('inner', 'DEPENDENCY_OF', 'dev'),
        relation('b', 'DEPENDENCY_OF', 'dev'),
        relation('opt', 'OPTIONAL_DEPENDENCY_OF', 'root'),
        relation('root', 'CONTAINS', 'loose'),
      ],
    });
    expect(bom.tool).toEqual({ name: 'npm/cli', version: '10.9.0' });
    expect(bom.subject).toEqual({ name: 'root', version: '1.0.0' });
    const components = bom.manifests[0]?.components ?? [];
    expect(components.map(({ name, scope, direct }) => `${name} ${scope} ${direct}`)).toEqual([
      'a required true',
      'b required false',
      'dev excluded true',
      'inner excluded false',
      'loose required false',
      'opt optional true',
    ]);
    expect(components[0]).toMatchObject({
      place: 'SPDXRef-a',
      integrity: `sha512-${btoa('\x0f'.repeat(64))}`,
      resolved: 'https://example.test/a.tgz',
      license: 'MIT',
      dependencies: { b: 'SPDXRef-b' },
    });
    expect(components[5]?.license).toBe('ISC');
    expect(components[2]?.license).toBe('own words');
    expect(left).toEqual([
      { name: 'no purl', why: 'is a file, not a package' },
      { name: './a.js', why: 'is a file, not a package' },
    ]);
  });

  it('look at every package where several are described, and at packages within lockfiles', () => {
    const several = read({ documentDescribes: ['SPDXRef-a', 'SPDXRef-b'], packages: [item('a'), item('b')], relationships: [] });
    expect(several.bom.manifests[0]?.components.map(({ name }) => name)).toEqual(['a', 'b']);
    const { bom } = read({
      packages: [{ SPDXID: 'SPDXRef-root', name: 'root' }, { SPDXID: 'SPDXRef-lock', name: 'yarn.lock' }, item('a'), item('b')],
      relationships: [
        relation('DOCUMENT', 'DESCRIBES', 'root'),
        relation('root', 'CONTAINS', 'lock'),
        relation('lock', 'DEPENDS_ON', 'a'),
        relation('lock', 'CONTAINS', 'b'),
        relation('a', 'DEPENDS_ON', 'b'),
      ],
    });
    expect(bom.manifests[0]?.components.map(({ name, direct }) => [name, direct])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('say of a document about one package that it was not looked at', () => {
    const { bom, left } = read({ packages: [item('a')], relationships: [relation('DOCUMENT', 'DESCRIBES', 'a')] });
    expect(bom.manifests[0]?.components).toEqual([]);
    expect(left).toEqual([{ name: 'a', why: 'is what the document is about, not a part of it' }]);
  });

  it.each([
    [{ spdxVersion: 'SPDX-3.0' }, 'spdxVersion: only 2.2 and 2.3 are read'],
    [document({ packages: {} }), 'packages: is no list'],
    [document({ relationships: 1 }), 'relationships: is no list'],
    [null, 'spdxVersion: only 2.2 and 2.3 are read'],
  ])('%# are refused with the place', (json, error) => expect(parseSpdx(json, { uri })).toEqual({ ok: false, error }));

  it('never make it throw, and are limited', () => {
    fc.assert(
      fc.property(fc.constantFrom('packages', 'relationships', 'annotations', 'creationInfo', 'files'), fc.jsonValue(), (key, value) => {
        expect(typeof parseSpdx(document({ [key]: [value] }), { uri }).ok).toBe('boolean');
        expect(typeof parseSpdx(document({ [key]: value }), { uri }).ok).toBe('boolean');
      }),
    );
    expect(parseSpdx(document({ packages: [item('a'), item('b')] }), { uri, maxComponents: 1 }).ok).toBe(false);
  });
});
