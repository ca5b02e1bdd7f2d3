import { describe, expect, it } from 'vitest';
import { findingsOf } from './findings.ts';
import { scanText } from './hits.ts';
import { SECRET_RULES } from './rules/index.ts';

const PLAIN = 'app/config.js';
const target = { kind: 'directory', uri: '.' } as const;

describe.each(SECRET_RULES.map((r) => [r.rule.id, r] as const))('%s', (id, { rule, examples, anchors, noun }) => {
  it.each(examples.fails.map((e, i) => [i, e] as const))(
    'fails example %i at exactly its line, and shows nothing of it',
    (_, { line, text, uri }) => {
      const hits = scanText(uri ?? PLAIN, text);
      expect(hits.map((h) => [h.rule.id, h.region.startLine])).toEqual([[id, line]]);
      const [finding] = findingsOf(hits, target);
      const { startColumn = 0, endLine, endColumn } = hits[0]?.region ?? {};
      const secretLines = text.split('\n').slice(line - 1, endLine);
      const secret = secretLines
        .map((l, i) => l.slice(i === 0 ? startColumn - 1 : 0, i === secretLines.length - 1 ? (endColumn ?? 1) - 1 : undefined))
        .join('\n');
      expect(secret.length).toBeGreaterThanOrEqual(8);
      expect(JSON.stringify([finding, hits])).not.toContain(JSON.stringify(secret).slice(1, -1));
    },
  );
  it.each(examples.passes.map((e, i) => [i, e] as const))('passes example %i silently', (_, example) => {
    const [uri, text] = typeof example === 'string' ? [PLAIN, example] : [example.uri, example.text];
    expect(scanText(uri, text).map((h) => h.rule.id)).toEqual([]);
  });
  it('has both kinds of examples, words a person can use and keywords the index takes', () => {
    expect(examples.fails.length).toBeGreaterThan(0);
    expect(examples.passes.length).toBeGreaterThan(0);
    expect(rule.help.why.endsWith('.') && rule.help.fix.includes('. Then ')).toBe(true);
    expect(rule.help.references.every((r) => r.startsWith('https://'))).toBe(true);
    expect(noun).toMatch(/^(?:An?|The) /);
    for (const { keywords } of anchors) for (const k of keywords) expect(k).toBe(k.toLowerCase());
  });
  it('is bounded: no pattern repeats without an end', () => {
    for (const { pattern } of anchors) expect(pattern.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')).not.toMatch(/[*+]|\{\d+,\}/);
  });
});

it('has an id of its own for each rule', () => {
  const ids = SECRET_RULES.map((r) => r.rule.id);
  expect(new Set(ids).size).toBe(ids.length);
});
