/** Every npm lockfile of the target → its dependency graph; one that we cannot read is said. */
import { BreakwaterError } from '@breakwater/model';
import type { DependencyGraph } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { folderOf, inFolder, isInstalled, nameOf } from '../tree/folders.ts';
import type { Declared } from './entry.ts';
import type { GraphReading } from './graph.ts';
import { graphOf } from './graph.ts';
import { JsonError } from './json-cursor.ts';
import { parseLockfile } from './lockfile.ts';
import { parseManifest } from './manifest.ts';
import { recordOf } from './named.ts';
import { brokenFile, repeatedPlaces, shadowedLockfile, unversionedPackages } from './problems.ts';

const LOCKFILE = 'package-lock.json';
const SHRINKWRAP = 'npm-shrinkwrap.json';
const LOCKFILE_BYTES = 64 << 20;
const MANIFEST_BYTES = 4 << 20;

/** The result of `parse`, or `undefined` after the problem was said. */
const parsed = async <T>(reading: Reading, uri: string, maxBytes: number, parse: (text: string) => T): Promise<T | undefined> => {
  try {
    return parse(await reading.readText(uri, maxBytes));
  } catch (error) {
    if (reading.signal.aborted) throw error;
    if (error instanceof JsonError) reading.problem(brokenFile(uri, error.message, error.line));
    else if (error instanceof BreakwaterError)
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    else reading.problem(brokenFile(uri, 'the file cannot be opened'));
    return undefined;
  }
};

/** What package.json declares; broken ones are said. */
const readManifest = (reading: Reading, uri: string): Promise<ReadonlyMap<string, Declared> | undefined> =>
  parsed(reading, uri, MANIFEST_BYTES, parseManifest);

/** What package.json asks for today, where that is a second opinion: version 1 has no other. One that cannot be read says nothing. */
const declaredToday = async (reading: Reading, uri: string): Promise<DependencyGraph['declared']> => {
  try {
    const declares = [...parseManifest(await reading.readText(uri, MANIFEST_BYTES))];
    return recordOf(declares.map(([name, { range }]) => [name, range] as const));
  } catch (error) {
    if (error instanceof JsonError || error instanceof BreakwaterError) return undefined;
    throw error;
  }
};

const readLockfile = async (reading: Reading, uri: string): Promise<GraphReading | undefined> => {
  const lockfile = await parsed(reading, uri, LOCKFILE_BYTES, parseLockfile);
  if (lockfile === undefined) return undefined;
  if (lockfile.repeated.length > 0) reading.problem(repeatedPlaces(uri, lockfile.repeated));
  const manifest = inFolder(folderOf(uri), 'package.json');
  const hasManifest = reading.files.some((file) => file.uri === manifest);
  const needed = hasManifest && lockfile.version === 1 ? await readManifest(reading, manifest) : undefined;
  const today = hasManifest && lockfile.version !== 1 ? await declaredToday(reading, manifest) : undefined;
  try {
    const read = graphOf(uri, lockfile, needed);
    return today === undefined ? read : { ...read, graph: { ...read.graph, declared: today } };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    reading.problem(brokenFile(uri, error.message, error.line));
    return undefined;
  }
};

/** npm reads npm-shrinkwrap.json alone where both are. */
const lockfilesOf = (reading: Reading): readonly string[] => {
  const uris = reading.files.map((file) => file.uri).filter((uri) => !isInstalled(uri) && [LOCKFILE, SHRINKWRAP].includes(nameOf(uri)));
  const shrunk = new Set(uris.filter((uri) => nameOf(uri) === SHRINKWRAP).map(folderOf));
  const shadowed = uris.filter((uri) => nameOf(uri) === LOCKFILE && shrunk.has(folderOf(uri)));
  for (const uri of shadowed) reading.problem(shadowedLockfile(uri));
  return uris.filter((uri) => !shadowed.includes(uri));
};

export interface NpmReading {
  /** Sorted by manifest. */
  readonly graphs: readonly DependencyGraph[];
  /** Folders whose package.json a lockfile covers, broken ones included. */
  readonly locked: readonly string[];
}

/**
 * Never throws for what a repository holds; problems: BW3010 broken, BW3013 not from the registry, BW3014 written twice, or not used
 * by npm.
 */
export const readNpmLockfiles = async (reading: Reading): Promise<NpmReading> => {
  const graphs: DependencyGraph[] = [];
  const locked: string[] = [];
  for (const uri of lockfilesOf(reading)) {
    reading.signal.throwIfAborted();
    reading.progress(`reading ${uri}`);
    const result = await readLockfile(reading, uri);
    locked.push(folderOf(uri));
    if (result === undefined) continue;
    graphs.push(result.graph);
    for (const folder of result.localFolders) locked.push(inFolder(folderOf(uri), folder));
    const [first, ...rest] = result.unversioned;
    if (first !== undefined) reading.problem(unversionedPackages(uri, [first, ...rest]));
  }
  return { graphs, locked };
};
