/** NuGet's versions: SemVer with a fourth number and labels without case. @see https://learn.microsoft.com/nuget/concepts/package-versioning */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken } from './tokens.ts';

const PATTERN = /^v?(?<numbers>\d+(?:\.\d+){0,3})(?:-(?<labels>[0-9a-z-]+(?:\.[0-9a-z-]+)*))?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/;

const END = textToken(0, '');
const NUMBER = 1;
const TEXT = 2;
/** A release is after all its pre-releases. */
const RELEASE = textToken(3, '');

const labelToken = (label: string): Token => (/^\d+$/.test(label) ? numberToken(NUMBER, label) : textToken(TEXT, label));

/** `1`, `1.0` and `1.0.0.0` are one version; build metadata has no rank. */
export const nuget: Ordering<Tokens> = {
  parse: (text) => {
    const groups = PATTERN.exec(text.trim().toLowerCase())?.groups;
    if (groups === undefined) return undefined;
    const [first = '0', second = '0', third = '0', fourth = '0'] = (groups['numbers'] ?? '').split('.');
    const labels = groups['labels']?.split('.').map(labelToken) ?? [RELEASE];
    return [...[first, second, third, fourth].map((part) => numberToken(NUMBER, part)), ...labels];
  },
  compare: compareTokens(END),
};
