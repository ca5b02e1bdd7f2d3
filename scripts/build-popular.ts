/** Writes engine/data/popular/<ecosystem>.txt: names of much-used packages, most used first, from lists of names that others publish. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { normalName } from '../packages/engine/src/ecosystems/names.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../packages/engine/data/popular');

const rows = z.object({ rows: z.array(z.object({ project: z.string() })) });

/** A JSON list of names, or the form that lists of PyPI downloads have. */
const namesIn = (file: string): readonly string[] => {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const listed = rows.safeParse(json);
  return listed.success ? listed.data.rows.map(({ project }) => project) : z.array(z.string()).parse(json);
};

const [ecosystem, ...files] = process.argv.slice(2);
if (ecosystem === undefined || files.length === 0) throw new Error('usage: build-popular ECOSYSTEM FILE.json…');
mkdirSync(FOLDER, { recursive: true });
const names = [...new Set(files.flatMap(namesIn).map((name) => normalName(ecosystem, name)))];
writeFileSync(join(FOLDER, `${ecosystem}.txt`), `${names.join('\n')}\n`);
