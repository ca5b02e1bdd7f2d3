/** What is no YAML, or YAML that no package manager writes. */
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Lines } from './lines.ts';

/** Nesting of maps and lists; real lockfiles have five levels. */
export const DEEPEST = 64;

const CONFLICT = /^(?:<<<<<<<|=======|>>>>>>>)/;

/** At the reader's place. */
export const unexpected = (lines: Lines, expected: string): ManifestError => {
  const found = lines.text.slice(lines.at, Math.min(lines.end, lines.at + 12)).replace(/[^\x20-\x7e]/g, '?');
  const line = Math.max(lines.line, 1);
  if (CONFLICT.test(found)) return new ManifestError('an unresolved merge', line);
  return new ManifestError(`expected ${expected}, found ${found === '' ? 'the end of the line' : found}`, line);
};

export const tooDeep = (lines: Lines): ManifestError => new ManifestError(`expected no more than ${DEEPEST} levels`, lines.line);
