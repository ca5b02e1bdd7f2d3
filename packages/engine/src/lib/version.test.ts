import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERSION } from './version.ts';

it.each(['model', 'engine', 'cli'])('is the version of packages/%s', (name) => {
  expect(JSON.parse(readFileSync(join(import.meta.dirname, '../../..', name, 'package.json'), 'utf8')).version).toBe(VERSION);
});
