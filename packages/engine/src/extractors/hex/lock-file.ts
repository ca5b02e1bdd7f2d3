/** The text of mix.lock → what mix wrote for each dependency. */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Term } from './cursor.ts';
import { TermCursor } from './cursor.ts';

export interface Wish {
  /** The application's name, which is the key of its entry. */
  readonly app: string;
  readonly optional: boolean;
}

export interface Locked {
  /** The application's name. */
  readonly app: string;
  readonly region: Region;
  /** `hex`, `git`, `path`, `package` (before Hex 0.6), or whatever else stands there. */
  readonly source: string | undefined;
  /** Of the package at the registry. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly wishes: readonly Wish[];
  /** `hexpm`, `hexpm:organisation`, or a repository of the team; absent in files before Hex 0.16. */
  readonly repository: string | undefined;
  /** Of the tarball, SHA-256 in hex. */
  readonly outerChecksum: string | undefined;
}

const ENTRIES = 100_000;

const textOf = (term: Term | undefined): string | undefined => (term?.kind === 'text' || term?.kind === 'atom' ? term.value : undefined);
export const itemsOf = (term: Term | undefined): readonly Term[] => (term?.kind === 'tuple' || term?.kind === 'list' ? term.items : []);

/** The value of `key: value` among terms; the last one counts, as in a keyword list of mix only one does. */
export const optionOf = (terms: readonly Term[], key: string): Term | undefined => {
  let found: Term | undefined;
  for (const term of terms) if (term.kind === 'pair' && textOf(term.key) === key) found = term.value;
  return found;
};

/** `{:cowlib, "~> 2.11", [hex: :cowlib, repo: "hexpm", optional: false]}`. */
const wishesOf = (term: Term | undefined): readonly Wish[] =>
  itemsOf(term).flatMap((item) => {
    const [app, , options] = itemsOf(item);
    const name = textOf(app);
    return name === undefined ? [] : [{ app: name, optional: textOf(optionOf(itemsOf(options), 'optional')) === 'true' }];
  });

/** `{:hex, :name, "1.2.3", "inner checksum", [:mix], [dependencies], "hexpm", "outer checksum"}`, of which older files lack the end. */
const lockedOf = (app: string, value: Term, region: Region): Locked => {
  const [source, name, version, , , dependencies, repository, outer] = itemsOf(value);
  const kind = textOf(source);
  const isOldest = kind === 'package'; // {:package, "1.2.3"}
  return {
    app,
    region,
    source: isOldest ? 'hex' : kind,
    name: isOldest ? app : textOf(name),
    version: isOldest ? textOf(name) : textOf(version),
    wishes: wishesOf(dependencies),
    repository: textOf(repository),
    outerChecksum: textOf(outer),
  };
};

/** Throws ManifestError. */
export const parseMixLock = (text: string): readonly Locked[] => {
  const cursor = new TermCursor(text);
  const terms = cursor.map();
  if (!cursor.done) throw new ManifestError('expected the end of the file');
  if (terms.length > ENTRIES) throw new ManifestError(`expected no more than ${ENTRIES} packages`);
  return terms.map((term) => {
    const app = term.kind === 'pair' ? textOf(term.key) : undefined;
    if (term.kind !== 'pair' || app === undefined) throw new ManifestError('expected "name": {…}', term.region.startLine);
    return lockedOf(app, term.value, term.region);
  });
};
