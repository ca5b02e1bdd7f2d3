/** What the readers of Python's lockfiles have in common before the graph is made: blocks of the file and their wishes. */
import { normalName } from '../../ecosystems/names.ts';
import type { EdgeKind, Entry, Left } from '../dependencies/format.ts';
import { extrasOf } from './marker.ts';
import type { Requirement } from './requirement.ts';
import { parseRequirement } from './requirement.ts';

/** PEP 503. */
export const normal = (name: string): string => normalName('PyPI', name);

export interface Wish {
  /** Normalised. */
  readonly name: string;
  /** Normalised. */
  readonly extras: readonly string[];
  readonly kind: EdgeKind;
  /** As written: `>=2,<3`. */
  readonly range: string;
  /** Which block of the name is meant; absent: by `range` among several, all of them where it fits none. */
  readonly means?: (candidate: Candidate) => boolean;
}

/** One block of a lockfile. */
export interface Candidate {
  /** Normalised. */
  readonly name: string;
  /** Empty where the block states none. */
  readonly version: string;
  readonly line: number;
  /** published: in an index; local: a folder of the team; anything else is left, with this origin. */
  readonly from: 'published' | 'local' | Left['origin'];
  /** local: relative to the lockfile's folder. */
  readonly folder?: string;
  readonly why?: string;
  readonly facts: Pick<Entry, 'integrity' | 'resolved' | 'license' | 'scope' | 'direct'>;
  readonly wishes: readonly Wish[];
  /** What an extra adds, by its normalised name. */
  readonly features: ReadonlyMap<string, readonly Wish[]>;
}

/** A project of the lockfile with everything it asks for. */
export interface Project {
  readonly folder: string;
  readonly wishes: readonly Wish[];
}

export const wishOf = ({ name, extras, specifier }: Requirement, kind: EdgeKind): Wish => ({
  name: normal(name),
  extras: extras.map(normal),
  kind,
  range: specifier === '' ? '*' : specifier,
});

/** Adds a wish to the list of each extra that brings it; the key '' is for what is always wanted. */
export type Shelves = Map<string, Wish[]>;

export const shelve = (shelves: Shelves, extras: readonly string[], wish: Wish): void => {
  for (const extra of extras.length === 0 ? [''] : extras) {
    const shelf = shelves.get(extra);
    if (shelf === undefined) shelves.set(extra, [wish]);
    else shelf.push(wish);
  }
};

/** Wishes that are always there, and those of extras. */
export const shelved = (shelves: Shelves): Pick<Candidate, 'wishes' | 'features'> => {
  const features = new Map([...shelves].filter(([extra]) => extra !== ''));
  return { wishes: shelves.get('') ?? [], features };
};

/** Requirements of a package as texts, sorted by the extra that their markers name. What is none is passed over. */
export const shelveTexts = (texts: readonly string[]): Shelves => {
  const shelves: Shelves = new Map();
  for (const text of texts) {
    const requirement = parseRequirement(text);
    if (requirement !== undefined) shelve(shelves, extrasOf(requirement.marker), wishOf(requirement, 'prod'));
  }
  return shelves;
};

/** Empty where a block has none: it is left, as nothing can be looked up. */
export const nameIn = (name: string | undefined): string => (name === undefined ? '' : normal(name));
