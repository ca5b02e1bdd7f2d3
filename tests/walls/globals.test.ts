/** Imports do not show globals: Biome holds clock, environment, network and console out of model, controls and policy. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const USES: Readonly<Record<string, string>> = {
  Date: 'Date.now()',
  fetch: "fetch('a')",
  process: "process.env['A']",
  console: "console.log('a')",
};
const PURE = ['packages/model/src', 'packages/engine/src/policy', 'packages/engine/src/controls/code/secrets'];

let folder = '';
let output = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakwater-globals-'));
  const { vcs: _vcs, ...configuration } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
  for (const place of [...PURE, 'packages/engine/src/extractors/git']) {
    for (const [name, use] of Object.entries({ ...USES, pure: 'Math.max(1, 2)' })) {
      const file = join(folder, place, `uses-${name}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `export const x = ${use};\n`);
    }
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  output = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none', '.'], { cwd: folder, encoding: 'utf8' }).stderr;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isCaught = (file: string): boolean =>
  new RegExp(`${file.replaceAll('.', '[.]')}:\\d+:\\d+ lint/style/noRestrictedGlobals`).test(output);

describe.each(PURE)('%s', (place) => {
  it.each(Object.keys(USES))('may not use %s', (name) => expect(isCaught(`${place}/uses-${name}.ts`)).toBe(true));
  it('may use what is pure', () => expect(isCaught(`${place}/uses-pure.ts`)).toBe(false));
});

it('an extractor may read the clock', () => expect(isCaught('packages/engine/src/extractors/git/uses-Date.ts')).toBe(false));
