import type { Bom } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { toCycloneDx, toCycloneDxXml } from '@breakwater/model/formats/cyclonedx';
import { toSpdx } from '@breakwater/model/formats/spdx';
import { expect, it } from 'vitest';
import { readSbom } from './read.ts';

const bom: Bom = {
  subject: { name: 'shop' },
  tool: { name: 'breakwater', version: '1' },
  createdAt: timestamp('2026-11-24T00:00:00Z'),
  manifests: [],
  incomplete: true,
};

it.each([
  ['CycloneDX', JSON.stringify(toCycloneDx(bom, { version: '1.6' }))],
  ['CycloneDX in XML', toCycloneDxXml(bom, { version: '1.5' })],
  ['SPDX', JSON.stringify(toSpdx(bom, { namespace: 'https://example.com/x' }))],
])('a bill of half a tree says so after a way through %s', (_standard, text) => {
  expect(readSbom(text, 'bom').bom.incomplete).toBe(true);
});
