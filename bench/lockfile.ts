/** Writes a lockfile of a given size that looks like a real one: names from the advisory index among others, nested places, edges. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TABLE = join(import.meta.dirname, '../packages/engine/data/advisories/index.tsv');

/** One package in ten is in the index, at a version that most ranges cover; each needs up to three earlier ones. */
export const writeLockfile = (folder: string, count: number): void => {
  const known = readFileSync(TABLE, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([ecosystem, name]) => (ecosystem === 'npm' && name !== undefined ? [name] : []));
  const name = (i: number): string => (i % 10 === 0 ? (known[i % known.length] ?? `package-${i}`) : `package-${i}`);
  const packages: Record<string, unknown> = {
    '': { name: 'bench', version: '1.0.0', dependencies: Object.fromEntries(range(Math.ceil(count / 20)).map((i) => [name(i), '*'])) },
  };
  for (const i of range(count)) {
    const needs = [i * 2 + 1, i * 2 + 2].filter((n) => n < count).map((n) => [name(n), '*']);
    packages[`node_modules/${name(i)}`] = {
      version: `1.${i % 7}.${i % 13}`,
      integrity: `sha512-${Buffer.from(`package ${i}`.padEnd(64)).toString('base64')}`,
      dependencies: Object.fromEntries(needs),
    };
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"bench","version":"1.0.0"}\n');
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2),
  );
};

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
