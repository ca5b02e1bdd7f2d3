/** One archive of Java and those in it → packages, each with the way through the archives as its place. */
import type { Entry, Left } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { parsePom } from '../maven/pom.ts';
import { groupOf, versionOf } from '../maven/pom-tree.ts';
import { identify } from './jars-identify.ts';
import type { Coordinates } from './jars-metadata.ts';
import { coordinates, MAVEN_FILE, manifestIn, propertiesIn } from './jars-metadata.ts';
import { namesInSbom, SBOM_FILE } from './jars-sbom.ts';
import type { ByteSource, ZipEntry } from './jars-zip.ts';
import { contentOf, entriesOf, nestedSource, ZipError } from './jars-zip.ts';

export const ARCHIVE = /\.(?:jar|war|ear|par|hpi|jpi|kar|nar)$/i;

export interface JarLimits {
  /** Archives in archives: an application in an installer in a distribution is three. */
  readonly depth: number;
  /** Archives of one file. */
  readonly archives: number;
  /** Of one packed archive that has to be unpacked into memory. */
  readonly archiveBytes: number;
  /** Unpacked, of all that is read of one file. */
  readonly totalBytes: number;
  /** In all directories of one file: archives may be laid over one another, so that each costs its whole directory. */
  readonly files: number;
}
export const JAR_LIMITS: JarLimits = { depth: 4, archives: 20_000, archiveBytes: 128 << 20, totalBytes: 2 * 1024 ** 3, files: 5_000_000 };

const METADATA_BYTES = 4 << 20;
const SBOM_BYTES = 32 << 20;
/** Files of Maven in one archive: a product shaded into one jar has some hundreds. */
const METADATA = 10_000;
const ROOTS = 20_000;

interface Contents {
  readonly maven: readonly ZipEntry[];
  readonly sboms: readonly ZipEntry[];
  readonly nested: readonly ZipEntry[];
  readonly manifest: ZipEntry | undefined;
  readonly roots: ReadonlySet<string>;
  readonly hasClasses: boolean;
}

const contentsOf = async (files: AsyncIterable<ZipEntry>): Promise<Contents> => {
  const maven: ZipEntry[] = [];
  const sboms: ZipEntry[] = [];
  const nested: ZipEntry[] = [];
  const roots = new Set<string>();
  let manifest: ZipEntry | undefined;
  let hasClasses = false;
  for await (const entry of files) {
    const { name } = entry;
    if (name.endsWith('.class')) {
      hasClasses = true;
      if (roots.size < ROOTS) roots.add(name.split('/', 2).join('/'));
    } else if (name === 'META-INF/MANIFEST.MF') manifest ??= entry;
    else if (MAVEN_FILE.test(name)) maven.push(entry);
    else if (SBOM_FILE.test(name)) sboms.push(entry);
    else if (ARCHIVE.test(name)) nested.push(entry);
  }
  if (maven.length > METADATA) throw new ZipError(`expected no more than ${METADATA} files of Maven`);
  return { maven, sboms, nested, manifest, roots, hasClasses };
};

/** The reading of one file of the target: what was found and what could not be read, under one set of limits. */
export class JarReading {
  readonly entries: Entry[] = [];
  readonly left: Left[] = [];
  /** What was not looked at, each with its place and the reason. */
  readonly gaps: string[] = [];
  readonly #limits: JarLimits;
  readonly #signal: AbortSignal;
  #archives = 0;
  #bytes = 0;
  #files = 0;

  constructor(signal: AbortSignal, limits: JarLimits = JAR_LIMITS) {
    this.#signal = signal;
    this.#limits = limits;
  }

  /** `path`: the names of the archives around it and its own, outermost first; empty for the file itself. Throws ZipError when it is none. */
  async read(
    source: ByteSource,
    name: string,
    path: readonly string[] = [],
    outer: ReadonlyMap<string, Coordinates> = new Map(),
  ): Promise<void> {
    const contents = await contentsOf(this.#counted(source));
    const manifest = manifestIn(await this.#text(source, contents.manifest, path));
    const stated = await this.#maven(source, contents.maven, path);
    for (const found of stated) this.#add(found, path);
    // a container of others without coordinates is the application itself
    const isContainer = path.length === 0 && contents.nested.length > 0;
    if (stated.length === 0 && contents.hasClasses && !isContainer) {
      const found = identify({ stem: name.replace(ARCHIVE, ''), manifest, roots: contents.roots, outer });
      if (found === undefined) this.left.push({ name: name.slice(0, 200), line: 1, origin: 'unresolved', why: 'no coordinates inside' });
      else this.#add(found, path);
    }
    const names = new Map(outer);
    for (const sbom of contents.sboms) {
      for (const [file, found] of namesInSbom(await this.#text(source, sbom, path, SBOM_BYTES))) names.set(file, found);
    }
    for (const entry of contents.nested) await this.#nested(source, entry, path, names);
  }

  async *#counted(source: ByteSource): AsyncGenerator<ZipEntry> {
    for await (const entry of entriesOf(source, this.#signal)) {
      this.#files += 1;
      if (this.#files > this.#limits.files) throw new ZipError(`more than ${this.#limits.files} files in all`);
      yield entry;
    }
  }

  #add({ name, version }: Coordinates, path: readonly string[]): void {
    const place = [...path, `${name}:${version}`].join('!');
    this.entries.push({ place, name, version, region: { startLine: 1 }, edges: [] });
  }

  async #nested(source: ByteSource, entry: ZipEntry, path: readonly string[], names: ReadonlyMap<string, Coordinates>): Promise<void> {
    this.#signal.throwIfAborted();
    const inside = [...path, entry.name];
    const { depth, archives, archiveBytes } = this.#limits;
    if (path.length >= depth) return this.#gap(inside, `deeper than ${depth} archives`);
    if (this.#archives >= archives) return this.#gap([...path, '…'], `more than ${archives} archives`);
    this.#archives += 1;
    await this.#attempt(inside, async () => {
      if (entry.method !== 0) this.#spend(entry.size);
      await this.read(await nestedSource(source, entry, archiveBytes), entry.name.slice(entry.name.lastIndexOf('/') + 1), inside, names);
    });
  }

  /** What the files of Maven say: each module that was built into the archive. */
  async #maven(source: ByteSource, files: readonly ZipEntry[], path: readonly string[]): Promise<readonly Coordinates[]> {
    const found = new Map<string, Coordinates>();
    const written = new Set(files.filter(({ name }) => name.endsWith('.properties')).map(({ name }) => name.replace(/properties$/, 'xml')));
    for (const file of files.filter(({ name }) => !written.has(name))) {
      const text = await this.#text(source, file, path);
      const one = file.name.endsWith('.xml') ? ofPom(file.name, text) : ofProperties(file.name, text);
      if (one !== undefined) found.set(`${one.name}:${one.version}`, one);
      else if (text !== '')
        this.left.push({ name: [...path, file.name].join('!').slice(-200), line: 1, origin: 'unresolved', why: 'no version inside' });
    }
    return [...found.values()];
  }

  /** '' for what is not there, or cannot be read, which is kept as a gap. */
  async #text(source: ByteSource, entry: ZipEntry | undefined, path: readonly string[], maxBytes = METADATA_BYTES): Promise<string> {
    if (entry === undefined) return '';
    const text = await this.#attempt([...path, entry.name], async () => {
      this.#spend(entry.size);
      return (await contentOf(source, entry, maxBytes)).toString('utf8');
    });
    return text ?? '';
  }

  #spend(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.totalBytes) throw new ZipError(`all of it unpacks to more than ${this.#limits.totalBytes >> 20} MB`);
  }

  async #attempt<T>(path: readonly string[], work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      this.#gap(path, error.message);
      return undefined;
    }
  }

  #gap(path: readonly string[], why: string): void {
    this.gaps.push(`${path.join('!').slice(-200)}: ${why}`);
  }
}

const ofProperties = (name: string, text: string): Coordinates | undefined => {
  const values = propertiesIn(text);
  const [, group, artifact] = MAVEN_FILE.exec(name) ?? [];
  return coordinates(values.get('groupId') ?? group, values.get('artifactId') ?? artifact, values.get('version'));
};

/** Only where no properties stand beside it. */
const ofPom = (name: string, text: string): Coordinates | undefined => {
  const [, group, artifact] = MAVEN_FILE.exec(name) ?? [];
  try {
    const pom = parsePom(text);
    return coordinates(groupOf(pom) ?? group, pom.artifactId ?? artifact, versionOf(pom));
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
};
