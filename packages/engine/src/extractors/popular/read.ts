/** Much-used package names that ship with Breakwater, most used first: what typosquats imitate. */
import { readFile } from 'node:fs/promises';
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import type { PopularNames } from '../facts.ts';

const LISTED: readonly Ecosystem[] = ['npm', 'PyPI'];

/** Impostors choose names that millions type; further down, two names that look alike are mostly two honest packages. */
const IMITATED = 2500;

const listOf = async (ecosystem: Ecosystem): Promise<PopularNames> => {
  const text = await readFile(new URL(`../../../data/popular/${ecosystem}.txt`, import.meta.url), 'utf8');
  const names = text.split('\n').filter((name) => name !== '');
  return { imitated: new Set(names.slice(0, IMITATED)), known: new Set(names) };
};

export const readPopular = async (): Promise<ReadonlyMap<string, PopularNames>> =>
  new Map(await Promise.all(LISTED.map(async (ecosystem) => [ecosystem, await listOf(ecosystem)] as const)));
