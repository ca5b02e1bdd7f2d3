/** Versions of Composer's packages, normalised as composer/semver does and in the order of PHP's version_compare. @see https://getcomposer.org/doc/articles/versions.md */
import type { Ordering } from './order.ts';
import type { Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken } from './tokens.ts';

const STABILITY = String.raw`[._-]?(?:(?<stage>stable|beta|b|rc|alpha|a|patch|pl|p)(?<count>\d*(?:[.-]\d+)*))?(?<dev>[.-]?dev)?$`;
const CLASSIC = new RegExp(String.raw`^v?(?<numbers>\d{1,5}(?:\.\d+){0,3})${STABILITY}`);
const DATE = new RegExp(String.raw`^v?(?<numbers>\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})${STABILITY}`);

/** Not a part of the version: `1.0 as 2.0`, `1.0@beta`, `1.0+build`. */
const ALIAS = /^([^,\s]+) +as +[^,\s]+$/;
const FLAG = /@(?:stable|rc|beta|alpha|dev)$/;
const BUILD = /^([^,\s+]+)\+\S+$/;

const DEV = textToken(0, '');
const STAGE: Readonly<Record<string, number>> = { alpha: 1, a: 1, beta: 2, b: 2, rc: 3, patch: 6, pl: 6, p: 6 };
const END = textToken(4, '');
const NUMBER = 5;

const numbersIn = (text: string): Tokens => (text.match(/\d+/g) ?? []).map((part) => numberToken(NUMBER, part));

/** Four numbers, except in versions that are dates. */
const releaseOf = (
  version: string,
): { readonly groups: Readonly<Record<string, string | undefined>>; readonly release: Tokens } | undefined => {
  const classic = CLASSIC.exec(version)?.groups;
  const groups = classic ?? DATE.exec(version)?.groups;
  if (groups === undefined) return undefined;
  const release = numbersIn(groups['numbers'] ?? '');
  const missing = classic === undefined ? 0 : 4 - release.length;
  return { groups, release: [...release, ...Array.from({ length: missing }, () => numberToken(NUMBER, '0'))] };
};

/** Branches (`dev-main`, `2.x-dev`) move: no place in the order tells which commit of them is installed. */
export const composer: Ordering<Tokens> = {
  parse: (text) => {
    const trimmed = text.trim().toLowerCase();
    const plain = (ALIAS.exec(trimmed)?.[1] ?? trimmed).replace(FLAG, '');
    const found = releaseOf(BUILD.exec(plain)?.[1] ?? plain);
    if (found === undefined) return undefined;
    const { stage, count = '', dev } = found.groups;
    if (stage === 'stable') return found.release;
    const stages = stage === undefined ? [] : [textToken(STAGE[stage] ?? 0, ''), ...numbersIn(count)];
    return [...found.release, ...stages, ...(dev === undefined ? [] : [DEV])];
  },
  compare: compareTokens(END),
};
