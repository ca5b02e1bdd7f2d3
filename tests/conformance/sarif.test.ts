/** Everything that is written as SARIF holds against the standard's own schema. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSarif } from '@breakwater/model/formats/sarif';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../arbitraries/run.ts';

const file = join(import.meta.dirname, '../../../shared/schemas/sarif-2.1.0.schema.json');

describe('SARIF 2.1.0', () => {
  it.skipIf(!existsSync(file))('every random run is valid against the OASIS schema', () => {
    const { $schema: _draft4, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8')); // of draft 4 alone it uses only these two names
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [{}] }] }), 'the schema must be able to refuse').toBe(
      false,
    );
    fc.assert(
      fc.property(run, (random) => {
        const valid = validate(JSON.parse(JSON.stringify(toSarif(random, patches(random)))));
        expect(validate.errors ?? []).toEqual([]);
        expect(valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const patches = (random: Parameters<typeof toSarif>[0]) =>
  random.findings.slice(0, 1).map((finding) => ({
    kind: 'patch' as const,
    findings: [finding.fingerprint],
    strategy: 'direct-in-range',
    confidence: 0.9,
    summary: 'a 1.0.0 → 1.0.1',
    edits: [{ uri: 'package-lock.json', region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 5 }, insertedContent: '1.0.1' }],
  }));
