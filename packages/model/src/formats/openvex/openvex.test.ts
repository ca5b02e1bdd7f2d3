import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vex as anyVex } from '../../../../../tests/arbitraries/vex.ts';
import { timestamp } from '../../scalar.ts';
import type { VexStatement } from '../../vex.ts';
import { parseOpenVex, toOpenVex } from './index.ts';

const viaText = (json: unknown): unknown => JSON.parse(JSON.stringify(json));
const bare: VexStatement = { vulnerability: 'CVE-2024-0001', aliases: [], products: ['pkg:npm/a@1.0.0'], status: 'affected' };
const vexWith = (...statements: readonly VexStatement[]) => ({
  id: 'https://example.test/vex/1',
  author: 'a team',
  createdAt: timestamp('2026-10-01T09:00:00Z'),
  version: 1,
  tool: { name: 'breakwater', version: '0.1.0' },
  statements,
});

describe('a document of our own', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyVex, (vex) => {
        expect(parseOpenVex(viaText(toOpenVex(vex)))).toEqual({ ok: true, value: { vex, left: [] } });
      }),
      { numRuns: 300 },
    );
  });

  it('says in words that nothing is stated, and takes them for nothing', () => {
    const vex = vexWith(bare, { ...bare, vulnerability: 'CVE-2024-0002', status: 'not_affected' });
    const { statements } = toOpenVex(vex);
    expect(statements[0]?.action_statement).toBe('No action is stated.');
    expect(statements[1]?.impact_statement).toBe('No reason is stated.');
    expect(parseOpenVex(toOpenVex(vex))).toEqual({ ok: true, value: { vex, left: [] } });
  });

  it('has the fields of the standard, sorted', () => {
    const vex = vexWith(
      { ...bare, vulnerability: 'CVE-2', aliases: ['GHSA-2'], action: 'Update.' },
      { ...bare, vulnerability: 'CVE-1', action: 'x' },
    );
    expect(toOpenVex(vex)).toEqual({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.test/vex/1',
      author: 'a team',
      timestamp: '2026-10-01T09:00:00Z',
      version: 1,
      tooling: 'breakwater/0.1.0',
      statements: [
        { vulnerability: { name: 'CVE-1' }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'affected', action_statement: 'x' },
        {
          vulnerability: { name: 'CVE-2', aliases: ['GHSA-2'] },
          products: [{ '@id': 'pkg:npm/a@1.0.0' }],
          status: 'affected',
          action_statement: 'Update.',
        },
      ],
    });
  });
});

describe('documents of others', () => {
  const document = (...statements: object[]) => ({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.test/v',
    statements,
  });
  const read = (json: object, about?: (product: string) => boolean) => {
    const parsed = parseOpenVex(json, about === undefined ? {} : { about });
    if (!parsed.ok) throw new Error(parsed.error);
    return parsed.value;
  };
  const app = 'pkg:oci/app@sha256%3A00';
  const inner = {
    vulnerability: { name: 'CVE-1', aliases: ['GHSA-1'] },
    products: [{ '@id': app, subcomponents: [{ '@id': 'pkg:npm/a@1' }, { identifiers: { purl: 'pkg:npm/b@1' } }, { '@id': 'urn:x' }] }],
    status: 'not_affected',
    justification: 'component_not_present',
  };

  it('speak of components within a product that is looked at, not of those within another', () => {
    const expected = { products: ['pkg:npm/a@1', 'pkg:npm/b@1'], justification: 'component_not_present', aliases: ['GHSA-1'] };
    expect(read(document(inner)).vex.statements).toMatchObject([expected]);
    expect(read(document(inner), (product) => product === app).vex.statements).toMatchObject([expected]);
    expect(read(document(inner)).left).toEqual([{ name: 'CVE-1 in urn:x', why: 'has no package URL' }]);
    expect(read(document(inner), () => false)).toMatchObject({
      vex: { statements: [] },
      left: [{ name: `CVE-1 in ${app}`, why: 'is another product than the one that is looked at' }],
    });
  });

  it('may be of the first version of the format', () => {
    const old = {
      vulnerability: 'CVE-1',
      products: ['pkg:npm/a@1', app],
      subcomponents: undefined,
      status: 'fixed',
      timestamp: '2026-10-01T09:00:00Z',
    };
    expect(read(document(old)).vex.statements).toEqual([
      { vulnerability: 'CVE-1', aliases: [], products: ['pkg:npm/a@1', app], status: 'fixed', at: '2026-10-01T09:00:00Z' },
    ]);
  });

  it('say by name what is left out', () => {
    const { left } = read(
      document(
        { status: 'fixed' },
        { vulnerability: { name: 'CVE-1' }, status: 'odd' },
        { vulnerability: { name: 'CVE-2' }, status: 'fixed' },
      ),
    );
    expect(left).toEqual([
      { name: 'a statement', why: 'names no vulnerability' },
      { name: 'CVE-1', why: 'has no status that is known' },
      { name: 'CVE-2', why: 'is stated of no product' },
    ]);
  });

  it.each([
    [[], 'is no object'],
    [{ '@context': 'https://example.test' }, '@context: is not that of OpenVEX'],
    [{ '@context': 'https://openvex.dev/ns' }, 'statements: is no list'],
  ])('%# are refused with the place', (json, error) => expect(parseOpenVex(json)).toEqual({ ok: false, error }));

  it('never make it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => typeof parseOpenVex({ ...document(), statements: [json], tooling: json }).ok === 'boolean'),
    );
  });
});
