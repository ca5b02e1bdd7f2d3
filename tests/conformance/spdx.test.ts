/** Everything that is written as SPDX holds against the standard's own schema. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSpdx } from '@breakwater/model/formats/spdx';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bom } from '../arbitraries/bom.ts';

const file = join(import.meta.dirname, '../../../shared/schemas/spdx-2.3.schema.json');

describe('SPDX 2.3', () => {
  it.skipIf(!existsSync(file))('every random Bom is valid against the schema', () => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
    expect(validate({ spdxVersion: 'SPDX-2.3' }), 'the schema must be able to refuse').toBe(false);
    fc.assert(
      fc.property(bom, (some) => {
        const valid = validate(JSON.parse(JSON.stringify(toSpdx(some, { namespace: 'https://example.test/spdx/0' }))));
        expect(validate.errors ?? []).toEqual([]);
        expect(valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
