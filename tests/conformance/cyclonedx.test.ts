/** Everything that is written as CycloneDX holds against the standard's own schemas, in JSON and in XML. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CycloneDxVersion } from '@breakwater/model/formats/cyclonedx';
import { toCycloneDx, toCycloneDxXml } from '@breakwater/model/formats/cyclonedx';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyWords, bom, xmlBom, xmlWords } from '../arbitraries/bom.ts';
import { withVex } from '../arbitraries/vex.ts';

const folder = join(import.meta.dirname, '../../../shared/schemas');
const serial = '3e671687-395b-41f5-a30f-a58921a69b79';
const schema = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const has = (...names: readonly string[]) => names.every((name) => existsSync(join(folder, name)));

const validator = (version: CycloneDxVersion) => {
  const ajv = new Ajv({ strict: false, schemas: [schema('spdx.schema.json'), schema('jsf-0.82.schema.json')] });
  formats.default(ajv);
  ajv.addFormat('iri-reference', ajv.formats['uri-reference'] ?? true); // stricter: every URI reference is an IRI reference
  ajv.addFormat('idn-email', true); // nothing of ours has one
  return ajv.compile(schema(`cyclonedx-${version}.schema.json`));
};

describe.each(['1.5', '1.6'] as const)('CycloneDX %s', (version) => {
  const names = [`cyclonedx-${version}.schema.json`, 'spdx.schema.json', 'jsf-0.82.schema.json'];

  it.skipIf(!has(...names))('every random Bom, with statements or without, is valid against the schema', () => {
    const validate = validator(version);
    const odd = { bomFormat: 'CycloneDX', specVersion: version, components: [{ type: 'odd', name: 'a' }] };
    expect(validate(odd), 'the schema must be able to refuse').toBe(false);
    fc.assert(
      fc.property(withVex(bom, anyWords), fc.boolean(), ([some, vex], stated) => {
        const json = JSON.parse(JSON.stringify(toCycloneDx(some, { version, serial, ...(stated ? { vex } : {}) })));
        const valid = validate(json);
        expect(validate.errors ?? []).toEqual([]);
        expect(valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** The list of licence ids is a file of its own that is not at hand; we write none. */
const LICENCES = `<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://cyclonedx.org/schema/spdx">
  <xs:simpleType name="licenseId"><xs:restriction base="xs:string"/></xs:simpleType></xs:schema>`;

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

describe('CycloneDX 1.6 in XML', () => {
  it.skipIf(!has('cyclonedx-1.6.xsd') || !hasXmllint)('every random Bom is valid against the schema', () => {
    const work = mkdtempSync(join(tmpdir(), 'breakwater-xsd-'));
    try {
      const xsd = readFileSync(join(folder, 'cyclonedx-1.6.xsd'), 'utf8');
      writeFileSync(join(work, 'bom.xsd'), xsd.replace('schemaLocation="http://cyclonedx.org/schema/spdx"', 'schemaLocation="spdx.xsd"'));
      writeFileSync(join(work, 'spdx.xsd'), LICENCES);
      const lint = (names: readonly string[]) =>
        spawnSync('xmllint', ['--noout', '--nonet', '--schema', 'bom.xsd', ...names], { cwd: work, encoding: 'utf8' });
      writeFileSync(join(work, 'odd.xml'), '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><odd/></bom>');
      expect(lint(['odd.xml']).status, 'the schema must be able to refuse').not.toBe(0);
      const names = fc.sample(withVex(xmlBom, xmlWords), { numRuns: 300, seed: 1 }).map(([some, vex], index) => {
        const name = `${index}.xml`;
        writeFileSync(join(work, name), toCycloneDxXml(some, { version: '1.6', serial, ...(index % 2 === 0 ? { vex } : {}) }));
        return name;
      });
      const { status, stderr } = lint(names);
      expect(stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([]);
      expect(status).toBe(0);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});
