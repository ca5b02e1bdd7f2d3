import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scanText } from './hits.ts';
import { redact } from './redact.ts';
import { SECRET_RULES } from './rules/index.ts';
import { sample } from './sample.ts';

const EXAMPLES = SECRET_RULES.flatMap((r) => r.examples.fails.map((e) => [r.rule.id, e] as const));
const secretIn = ({ text, uri }: (typeof EXAMPLES)[number][1]): string => {
  const { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 } = scanText(uri ?? 'a.js', text)[0]?.region ?? {};
  const lines = text.split('\n');
  const at = (line: number, column: number): number => lines.slice(0, line - 1).join('\n').length + Math.min(line - 1, 1) + column - 1;
  return text.slice(at(startLine, startColumn), at(endLine, endColumn));
};

it.each(EXAMPLES)('hides the example of %s', (_, example) => {
  const secret = secretIn(example);
  expect(secret.length).toBeGreaterThanOrEqual(8);
  expect(redact(`could not read: ${example.text}`)).not.toContain(secret);
});

it('hides a secret also where nothing gives it away, and keeps the rest', () => {
  const password = sample('base62', 14);
  expect(redact(`connect postgres://shop:${password}@db.shop.io failed: ${password} is wrong`)).toBe(
    'connect postgres://shop:••••@db.shop.io failed: •••• is wrong',
  );
});

it('hides examples of specific formats too: a log is no place to be sure', () => {
  expect(redact(`key sk_${'live_'}${'x'.repeat(24)}`)).toBe('key sk_live_••••xxxx');
});

it('leaves ordinary text alone and changes nothing twice', () => {
  expect(redact('src/app.js:12 the password is wrong')).toBe('src/app.js:12 the password is wrong');
  const piece = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom(...EXAMPLES.map(([, e]) => e.text)));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const once = redact(pieces.join(' '));
      expect(redact(once)).toBe(once);
    }),
    { numRuns: 200 },
  );
});
