import { describe, expect, it } from 'vitest';
import { scanText } from './hits.ts';
import { redact } from './redact.ts';
import { SECRET_RULES } from './rules/index.ts';

const QUARTER = 2 ** 18;
const filled = (unit: string): string => unit.repeat(Math.ceil(QUARTER / unit.length)).slice(0, QUARTER);

/** What could make a pattern try again and again: its keywords alone, with what may follow them, and its own matches without an end. */
const worst = (keywords: readonly string[], example: string): string =>
  [
    keywords.join(''),
    `${keywords.join('="')}="`,
    `${keywords.join('A1b2C3d4:e5@')}A1b2C3d4:e5@`,
    `${example.replace(/\s/g, '').slice(0, -1)}-`,
  ]
    .map(filled)
    .join('\n');

describe.each(SECRET_RULES.map((r) => [r.rule.id, r] as const))('%s', (_, { anchors, examples }) => {
  it('ends over a megabyte of its worst repeats', () => {
    const text = worst(
      anchors.flatMap((a) => a.keywords),
      examples.fails[0]?.text ?? '',
    );
    expect(text.length).toBeGreaterThan(2 ** 20);
    expect(scanText('.env', text)).toBeInstanceOf(Array);
  });
});

it('redacts a megabyte of different secrets', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `password = "aB3${(i * 7_919 + 1_000_003).toString(36)}zQ9${i}"`);
  expect(redact(lines.join('\n'))).not.toContain(lines[19_999]?.slice(12));
});
