import { expect, it } from 'vitest';
import { lineOf } from './line.ts';

it.each([
  ['6.5.2', '6'],
  ['6.0.0-rc.1', '6'],
  ['0.4.1', '0.4'],
  ['0.0.8', '0.0'],
  ['v1.2.3', '1'],
  ['latest', 'latest'],
])('%s is of the line %s', (version, line) => expect(lineOf(version)).toBe(line));
