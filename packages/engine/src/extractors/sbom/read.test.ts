import type { Bom } from '@breakwater/model';
import { toCycloneDx, toCycloneDxXml } from '@breakwater/model/formats/cyclonedx';
import { toSpdx } from '@breakwater/model/formats/spdx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlBom } from '../../../../../tests/arbitraries/bom.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readSbom } from './read.ts';
import { jsonOfXml } from './xml.ts';

const uri = 'app.cdx.json';
const faultOf = (text: string): string => {
  try {
    readSbom(text, uri);
  } catch (error) {
    if (error instanceof ManifestError) return `${error.line}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('the three forms of one Bom', () => {
  it('are read as the same, told apart by content', () => {
    fc.assert(
      fc.property(xmlBom, fc.constantFrom('1.5' as const, '1.6' as const), (bom, version) => {
        const read = (text: string): Bom => readSbom(text, uri).bom;
        expect(read(toCycloneDxXml(bom, { version, serial: '3e671687-395b-41f5-a30f-a58921a69b79' }))).toEqual(bom);
        expect(read(JSON.stringify(toCycloneDx(bom, { version }), null, 2))).toEqual(bom);
        expect(read(`\uFEFF\n${JSON.stringify(toSpdx(bom, { namespace: 'https://example.test/0' }))}`)).toEqual(bom);
        expect(read(JSON.stringify({ sbom: toSpdx(bom, { namespace: 'https://example.test/0' }) }))).toEqual(bom);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what no advisory can be matched with', () => {
  it('is said by name though it is in the Bom', () => {
    const item = (name: string, purl: string) => ({ type: 'library', 'bom-ref': name, name, version: '1', purl });
    const components = [item('libc', 'pkg:deb/debian/libc@1'), item('a', 'pkg:npm/a@1'), item('r', 'pkg:npm/a%20%1Bb@1')];
    const { bom, left } = readSbom(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }), uri);
    expect(bom.manifests[0]?.components.map(({ place }) => place)).toEqual(['a', 'libc', 'r']);
    expect(left).toEqual([
      { name: 'debian/libc', why: 'is of a kind that advisories are not matched with: deb' },
      { name: 'a \u001bb', why: 'has a name or version that no registry could publish' },
    ]);
  });
});

describe('hostile or broken text', () => {
  it.each([
    ['{"a":', /^1: expected JSON$/],
    ['{\n"a": x}', /^1: expected JSON$/],
    ['', /^1: expected JSON$/],
    ['[]', /expected CycloneDX/],
    ['{"spdxVersion":"SPDX-3.0"}', /only 2\.2 and 2\.3/],
    ['{"bomFormat":"CycloneDX","specVersion":"2.0"}', /^1: specVersion: /],
    ['<bom/>', /the root is not the bom element/],
    ['<html xmlns="http://cyclonedx.org/schema/bom/1.6"/>', /the root is not the bom element/],
    ['<!DOCTYPE bom [<!ENTITY a "b">]><bom/>', /a document type is not read/],
    ['<bom xmlns="http://cyclonedx.org/schema/bom/1.6">\n&a;</bom>', /^2: expected XML: /],
    ['<bom xmlns="http://cyclonedx.org/schema/bom/1.6">', /expected XML: /],
    ['<bom xmlns="http://cyclonedx.org/schema/bom/1.1"/>', /^1: specVersion: /],
  ])('%# is refused', (text, message) => expect(faultOf(text)).toMatch(message));

  it('is bounded in depth, in both forms, quickly', () => {
    expect(faultOf(`{"a":${'['.repeat(1_000_000)}`)).toMatch(/nests deeper than 512/);
    const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${'<components><component>'.repeat(100_000)}`;
    expect(faultOf(xml)).toMatch(/nest deeper than 512/);
    expect(faultOf(`<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${'<x>'.repeat(100_000)}`)).toMatch(/nest deeper than 512/);
    expect(faultOf(`"${'\\'.repeat(1_000_001)}`)).toMatch(/expected JSON/);
  });

  it('never throws anything but a ManifestError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((s) => `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${s}</bom>`),
        ),
        (text) => {
          expect(typeof faultOf(text)).toBe('string');
        },
      ),
    );
  });
});

describe('XML of other tools', () => {
  it('is the shape that JSON has; what is not read is skipped', () => {
    const xml = `<?xml version="1.0"?>
      <c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.4" xmlns:o="urn:other" version="2" serialNumber="urn:uuid:0">
        <c:metadata>
          <c:timestamp> 2026-10-01T09:00:00Z </c:timestamp>
          <c:tools><c:tool><c:vendor>v</c:vendor><c:name>t</c:name><c:version>1</c:version></c:tool></c:tools>
          <c:component type="application" bom-ref="root"><c:name>shop</c:name></c:component>
        </c:metadata>
        <c:components>
          <!-- a comment -->
          <c:component type="library" bom-ref="a">
            <o:name>not this</o:name><c:name>a<![CDATA[&]]></c:name><c:version>1</c:version>
            <c:hashes><c:hash alg="SHA-1"> ${'00'.repeat(20)} </c:hash></c:hashes>
            <c:licenses><c:license><c:id>MIT</c:id><c:text>x</c:text></c:license></c:licenses>
            <c:purl>
              pkg:npm/a@1
            </c:purl>
            <c:pedigree><c:ancestors><c:component><c:name>older</c:name></c:component></c:ancestors></c:pedigree>
            <c:components><c:component type="library"><c:name>b</c:name></c:component></c:components>
          </c:component>
        </c:components>
        <c:dependencies><c:dependency ref="root"><c:dependency ref="a"/></c:dependency></c:dependencies>
        <c:vulnerabilities><c:vulnerability><c:id>CVE-1</c:id><c:analysis><c:state>exploitable</c:state>
          <c:responses><c:response>update</c:response><c:response>rollback</c:response></c:responses></c:analysis>
          <c:affects><c:target><c:ref>a</c:ref></c:target></c:affects></c:vulnerability></c:vulnerabilities>
      </c:bom>`;
    expect(jsonOfXml(xml)).toEqual({
      bomFormat: 'CycloneDX',
      specVersion: '1.4',
      version: '2',
      serialNumber: 'urn:uuid:0',
      'xmlns:c': 'http://cyclonedx.org/schema/bom/1.4',
      'xmlns:o': 'urn:other',
      metadata: {
        timestamp: '2026-10-01T09:00:00Z',
        tools: [{ vendor: 'v', name: 't', version: '1' }],
        component: { type: 'application', 'bom-ref': 'root', name: 'shop' },
      },
      components: [
        {
          type: 'library',
          'bom-ref': 'a',
          name: 'a&',
          version: '1',
          hashes: [{ alg: 'SHA-1', content: '00'.repeat(20) }],
          licenses: [{ license: { id: 'MIT' } }],
          purl: 'pkg:npm/a@1',
          components: [{ type: 'library', name: 'b' }],
        },
      ],
      dependencies: [{ ref: 'root', dependsOn: ['a'] }],
      vulnerabilities: [
        {
          id: 'CVE-1',
          analysis: { state: 'exploitable', responses: ['update', 'rollback'], response: ['update', 'rollback'] },
          affects: [{ ref: 'a' }],
        },
      ],
    });
    expect(readSbom(xml, uri).bom.manifests[0]?.components).toMatchObject([{ place: 'a', direct: true, license: 'MIT' }]);
  });
});
