/** The text of a Gemfile.lock → its sources, specs, wishes and checksums, as Bundler's own LockfileParser takes it apart. */
import { ManifestError } from '../dependencies/manifest-error.ts';

type SourceKind = 'GEM' | 'GIT' | 'PATH' | 'PLUGIN SOURCE';

export interface Source {
  readonly kind: SourceKind;
  /** The last `remote:` of the section. */
  readonly remote: string | undefined;
}

export interface Spec {
  readonly source: Source;
  readonly name: string;
  readonly version: string | undefined;
  /** `x86_64-linux`; absent = `ruby`, for every platform. */
  readonly platform: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly requires: readonly string[];
}

export interface GemLock {
  /** Of the Bundler that wrote it. */
  readonly bundler: string | undefined;
  readonly specs: readonly Spec[];
  /** What the Gemfile asks for: name → range. */
  readonly wishes: ReadonlyMap<string, string>;
  /** `name version-platform` → sha256 in hex. */
  readonly checksums: ReadonlyMap<string, string>;
  /** Lines of a section that should name a gem and do not. */
  readonly unreadable: readonly { readonly text: string; readonly line: number }[];
}

const SPECS = 200_000;
const SOURCES: readonly SourceKind[] = ['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'];
const CONFLICT = /^(?:<<<<<<<|=======|>>>>>>>)/;

/** Bundler's NAME_VERSION: a version in a lockfile has no dash, so what follows the first one is the platform. */
const NAMED = /^( +)([^\s()!]+)(?: \(([^()]*)\))?(!)?(?: (.*))?$/;

interface Named {
  readonly indent: number;
  readonly name: string;
  /** What stands in brackets. */
  readonly inside: string | undefined;
  readonly rest: string;
}

const namedOf = (text: string): Named | undefined => {
  const [, indent = '', name, inside, , rest = ''] = NAMED.exec(text) ?? [];
  return name === undefined ? undefined : { indent: indent.length, name, inside, rest };
};

/** `1.15.0-x86_64-linux` → version and platform. */
const splitVersion = (text: string): { readonly version: string; readonly platform: string | undefined } => {
  const cut = text.indexOf('-');
  return cut < 0 ? { version: text, platform: undefined } : { version: text.slice(0, cut), platform: text.slice(cut + 1) };
};

const SHA256 = /(?:^|,)sha256=([0-9a-f]{64})(?:,|$)/;

type SpecDraft = Omit<Spec, 'requires'> & { readonly requires: string[] };

class LockReader {
  readonly specs: SpecDraft[] = [];
  readonly wishes = new Map<string, string>();
  readonly checksums = new Map<string, string>();
  readonly unreadable: { text: string; line: number }[] = [];
  bundler: string | undefined;
  known = false;
  #section = '';
  #source: { kind: SourceKind; remote: string | undefined } | undefined;
  #spec: SpecDraft | undefined;

  take(text: string, line: number): void {
    if (text === '') return;
    if (CONFLICT.test(text)) throw new ManifestError('an unresolved merge', line);
    if (!text.startsWith(' ')) this.#open(text);
    else if (this.#source !== undefined) this.#inSource(text, line, this.#source);
    else if (this.#section === 'DEPENDENCIES') this.#wish(text, line);
    else if (this.#section === 'CHECKSUMS') this.#checksum(text);
    else if (this.#section === 'BUNDLED WITH') this.bundler = text.trim();
  }

  #open(text: string): void {
    const kind = SOURCES.find((one) => one === text);
    this.#section = text;
    this.#spec = undefined;
    this.#source = kind === undefined ? undefined : { kind, remote: undefined };
    if (kind !== undefined || text === 'DEPENDENCIES') this.known = true;
  }

  #inSource(text: string, line: number, source: { kind: SourceKind; remote: string | undefined }): void {
    if (text.startsWith('    ')) this.#specLine(text, line, source);
    else if (text.startsWith('  remote: ')) source.remote = text.slice('  remote: '.length).trim();
  }

  #specLine(text: string, line: number, source: Source): void {
    const named = namedOf(text);
    if (named === undefined) this.unreadable.push({ text: text.trim(), line });
    else if (named.indent >= 6) this.#spec?.requires.push(named.name);
    else this.#addSpec(named, line, source);
  }

  #addSpec({ name, inside, indent }: Named, line: number, source: Source): void {
    if (this.specs.length >= SPECS) throw new ManifestError(`expected no more than ${SPECS} gems`, line);
    const { version, platform } = splitVersion(inside ?? '');
    this.#spec = { source, name, version: version === '' ? undefined : version, platform, line, column: indent + 1, requires: [] };
    this.specs.push(this.#spec);
  }

  #wish(text: string, line: number): void {
    const named = namedOf(text);
    if (named === undefined) this.unreadable.push({ text: text.trim(), line });
    else this.wishes.set(named.name, named.inside ?? '>= 0');
  }

  #checksum(text: string): void {
    const named = namedOf(text);
    const sum = SHA256.exec(named?.rest ?? '')?.[1];
    if (named !== undefined && sum !== undefined) this.checksums.set(`${named.name} ${named.inside ?? ''}`, sum);
  }
}

/** Throws ManifestError. */
export const parseGemLock = (text: string): GemLock => {
  const reader = new LockReader();
  let line = 0;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    line += 1;
    reader.take(trimmedEnd(text.slice(at, end)), line);
    at = end + 1;
  }
  if (!reader.known) throw new ManifestError('expected a section GEM, GIT, PATH or DEPENDENCIES');
  const { bundler, specs, wishes, checksums, unreadable } = reader;
  return { bundler, specs, wishes, checksums, unreadable };
};

const trimmedEnd = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text).trimEnd();
