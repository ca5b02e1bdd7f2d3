import { expect, it } from 'vitest';
import { actions } from './actions.ts';

it.each([
  ['v4', '4.0.0', '4.999.999'],
  ['4', '4.0.0', '4.999.999'],
  ['v4.1', '4.1.0', '4.1.999'],
])('%s may be any version from %s to %s', (tag, from, to) => {
  const [first, last] = actions.spanOf?.(tag) ?? [];
  const [lowest, highest] = [actions.parse(from), actions.parse(to)];
  if (first === undefined || last === undefined || lowest === undefined || highest === undefined) throw new Error('unordered');
  expect(actions.compare(first, lowest)).toBe(0);
  expect(actions.compare(last, highest)).toBe(1);
});

it.each(['v4.1.2', 'main', 'v4-beta', '', '1'.repeat(40), 'a81bbbf8298c0fa03ea29cdc473d45769f953675'])('%s does not move', (ref) =>
  expect(actions.spanOf?.(ref)).toBeUndefined(),
);
