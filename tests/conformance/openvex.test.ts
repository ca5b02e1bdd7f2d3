/** Everything that is written as OpenVEX holds against the standard's own schema. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toOpenVex } from '@breakwater/model/formats/openvex';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vex } from '../arbitraries/vex.ts';

const file = join(import.meta.dirname, '../../../shared/schemas/openvex-0.2.0.schema.json');

describe('OpenVEX 0.2.0', () => {
  it.skipIf(!existsSync(file))('every random document is valid against the schema', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addFormat('iri', ajv.formats['uri'] ?? true); // stricter: every URI is an IRI
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
    expect(validate({ '@context': 'https://openvex.dev/ns/v0.2.0' }), 'the schema must be able to refuse').toBe(false);
    fc.assert(
      fc.property(vex, (random) => {
        const { statements } = random;
        const bare = statements.map(({ action: _action, ...statement }) => statement); // what a standard wants beyond ours is filled in
        for (const document of [random, { ...random, statements: bare }]) {
          const valid = validate(JSON.parse(JSON.stringify(toOpenVex(document))));
          expect(validate.errors ?? []).toEqual([]);
          expect(valid).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
