import { toCycloneDx, toCycloneDxXml } from '@breakwater/model/formats/cyclonedx';
import { toOpenVex } from '@breakwater/model/formats/openvex';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlBom, xmlWords } from '../../../../../tests/arbitraries/bom.ts';
import { withVex } from '../../../../../tests/arbitraries/vex.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readVex } from './read.ts';

describe('the forms of one document', () => {
  it('are read as the same, told apart by content', () => {
    fc.assert(
      fc.property(withVex(xmlBom, xmlWords), ([bom, vex]) => {
        expect(readVex(JSON.stringify(toOpenVex(vex)))).toEqual({ vex, left: [] });
        expect(readVex(JSON.stringify(toCycloneDx(bom, { version: '1.5', vex })))).toEqual({ vex, left: [] });
        expect(readVex(toCycloneDxXml(bom, { version: '1.6', vex }))).toEqual({ vex, left: [] });
      }),
      { numRuns: 80 },
    );
  });

  it.each(['', '{}', '[1]', 'null', '<bom/>', '{"@context":"x"}', '{"bomFormat":"CycloneDX"}'])('%j is refused', (text) => {
    expect(() => readVex(text)).toThrow(ManifestError);
  });

  it('takes a statement about a component of a product for the product that is looked at alone', () => {
    const statement = {
      vulnerability: { name: 'CVE-1' },
      products: [{ '@id': 'pkg:npm/shop@1', subcomponents: [{ '@id': 'pkg:npm/a@1' }] }],
      status: 'fixed',
    };
    const text = JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', statements: [statement] });
    expect(readVex(text).vex.statements).toHaveLength(1);
    expect(readVex(text, (product) => product === 'pkg:npm/shop@1').vex.statements).toHaveLength(1);
    expect(readVex(text, (product) => product === 'pkg:npm/other@1')).toMatchObject({ vex: { statements: [] }, left: [{}] });
  });
});
