import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verdictOn } from './spdx.ts';

const policy = { allow: ['MIT', 'Apache-2.0', 'GPL-2.0-only'], deny: ['AGPL-3.0-only'] };

it.each([
  ['MIT', 'allowed'],
  ['mit', 'unknown'],
  ['(MIT OR AGPL-3.0-only)', 'allowed'],
  ['MIT AND AGPL-3.0-only', 'refused'],
  ['AGPL-3.0-only', 'refused'],
  ['BSD-3-Clause', 'refused'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'allowed'],
  ['(MIT AND Apache-2.0) OR AGPL-3.0-only', 'allowed'],
  ['SEE LICENSE IN LICENSE.md', 'unknown'],
  ['UNLICENSED', 'refused'],
  ['(', 'unknown'],
] as const)('%s is %s', (expression, verdict) => {
  expect(verdictOn(expression, policy)).toBe(verdict);
});

it('lets everything pass that a list of refusals alone does not name', () => {
  expect(verdictOn('BSD-3-Clause', { allow: [], deny: ['AGPL-3.0-only'] })).toBe('allowed');
});

it('never throws, also on a thousand brackets', () => {
  fc.assert(fc.property(fc.string(), (text) => void verdictOn(text, policy)));
  expect(verdictOn('('.repeat(1000), policy)).toBe('unknown');
  expect(verdictOn(`${'('.repeat(480)}MIT${')'.repeat(480)}`, policy)).toBe('allowed');
});
