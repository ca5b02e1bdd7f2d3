/** What a verdict rests on, in lines that a reader can check. */
import type { ModuleGraph, OpenSite } from '../../extractors/facts.ts';

const MOST_SITES = 8;

export const listed = (sites: readonly OpenSite[]): readonly string[] => {
  const more = sites.length - MOST_SITES;
  return [...sites.slice(0, MOST_SITES).map(shown), ...(more > 0 ? [`and ${more} more open ${more === 1 ? 'site' : 'sites'}`] : [])];
};

const shown = ({ location, what }: OpenSite): string => {
  const line = location.region === undefined ? '' : `:${location.region.startLine}`;
  const holder = location.fullyQualifiedName === undefined ? '' : `${location.fullyQualifiedName} `;
  return `${holder}${location.uri}${line} ${what}`;
};

export const count = (value: number): string => new Intl.NumberFormat('en-US').format(value);

/** What a reader can check: where it starts, how much was followed, and what was taken on trust. */
export const certificate = ({ entries, modules, loaded, open, relied }: ModuleGraph): readonly string[] => [
  `no import leads to it from ${entries.map((entry) => entry.uri).join(', ')}`,
  `${count(modules)} modules followed, ${count(loaded.size)} packages loaded, ${open.length === 0 ? '0 open sites' : `${open.length} open sites, none of which can load it`}`,
  ...relied,
];
