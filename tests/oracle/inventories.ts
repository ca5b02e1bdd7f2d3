/** Packages of a lockfile by the shortest means there is: JSON.parse and line patterns, nothing of the product's readers. */
import semver from 'semver';
import { parse as parseYaml } from 'yaml';

export interface PlainPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

/** `beside`: text of another file of the folder. */
type Reader = (text: string, beside?: (name: string) => string | undefined) => readonly PlainPackage[];
const JSON_OF = (text: string) => JSON.parse(text);
const python = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

interface NpmEntry {
  readonly version?: string;
  readonly name?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, NpmEntry>>;
}
const REGISTRY = /^\d/;

const npmNested = (entries: Readonly<Record<string, NpmEntry>>): readonly PlainPackage[] =>
  Object.entries(entries).flatMap(([name, { version = '', dependencies = {} }]) => [
    ...(version.startsWith('npm:')
      ? [{ ecosystem: 'npm', name: version.slice(4, version.lastIndexOf('@')), version: version.slice(version.lastIndexOf('@') + 1) }]
      : REGISTRY.test(version)
        ? [{ ecosystem: 'npm', name, version }]
        : []),
    ...npmNested(dependencies),
  ]);

const npm: Reader = (text) => {
  const lock = JSON_OF(text);
  if (lock.packages === undefined) return npmNested(lock.dependencies ?? {});
  const fromFolders = Object.entries((lock.packages['']?.dependencies ?? {}) as Readonly<Record<string, string>>)
    .filter(([, range]) => /^(\.|file:)/.test(range))
    .map(([name]) => `node_modules/${name}`);
  return Object.entries(lock.packages as Readonly<Record<string, NpmEntry>>).flatMap(([place, { version, name, link, resolved = '' }]) => {
    const own = !place.startsWith('node_modules/') && !place.includes('/node_modules/');
    if (own || fromFolders.includes(place) || link === true || version === undefined || /^(git|file:)/.test(resolved)) return [];
    return [{ ecosystem: 'npm', name: name ?? place.slice(place.lastIndexOf('node_modules/') + 13), version }];
  });
};

const yarn: Reader = (text) => {
  const berry = text.includes('__metadata:');
  if (berry)
    return [...text.matchAll(/^ {2}resolution: "((?:@[^/"]+\/)?[^@"]+)@(?:npm:|patch:(?:@[^/"]+\/)?[^@"]+@npm%3A)([^"#:]+)/gm)].map(
      ([, name = '', version = '']) => ({ ecosystem: 'npm', name, version }),
    );
  return [...text.matchAll(/^"?((?:@[^/\s",]+\/)?[^@\s",]+)@([^\n]*):\n {2}version "([^"]+)"(?:\n {2}resolved "([^"]*)")?/gm)].flatMap(
    ([, name = '', pattern = '', version = '', resolved = '']) => {
      if (/^(git|ssh|https?:\/\/(codeload\.)?github|file:)/.test(pattern) || /codeload\.github|\.git[#"]/.test(resolved)) return [];
      const alias = /^npm:((?:@[^/]+\/)?[^@]+)@/.exec(pattern)?.[1];
      return [{ ecosystem: 'npm', name: alias ?? name, version }];
    },
  );
};

/** pnpm 11 writes a document for its own tools before the one of the project. */
const pnpm: Reader = (text) => text.split(/^---$/m).flatMap((document) => pnpmDocument(document));

const pnpmDocument: Reader = (text) => {
  const lock = parseYaml(text, { maxAliasCount: 10 });
  return Object.entries(
    (lock?.packages ?? {}) as Readonly<
      Record<string, { version?: string; name?: string; resolution?: { integrity?: string; tarball?: string } }>
    >,
  ).flatMap(([key, entry]) => {
    const bare = key.replace(/^\//, '').replace(/\(.*$/, '');
    if (
      /^(file:|github\.com|git\+|https?:|@?[^@/]+@(file:|link:|git|https?:|runtime:))/.test(bare) ||
      bare.includes('@file:') ||
      bare.includes('@http')
    )
      return [];
    const modern = /^((?:@[^/]+\/)?[^@/]+)@([^_]+)/.exec(bare);
    const old = /^((?:@[^/]+\/)?[^/]+)\/([^_/]+)/.exec(bare);
    const [, name, version] = modern ?? old ?? [];
    return name === undefined || version === undefined
      ? []
      : [{ ecosystem: 'npm', name: entry.name ?? name, version: entry.version ?? version }];
  });
};

const bun: Reader = (text) => {
  const lock = JSON.parse(text.replace(/,(\s*[}\]])/g, '$1'));
  return Object.values(lock.packages as Readonly<Record<string, readonly unknown[]>>).flatMap(([id]) => {
    const [, name, version] = /^((?:@[^/]+\/)?[^@]+)@(\d.*)$/.exec(String(id)) ?? [];
    return name === undefined || version === undefined ? [] : [{ ecosystem: 'npm', name, version }];
  });
};

/** poetry.lock, uv.lock, pdm.lock, Cargo.lock, pylock.toml: tables with name, version and where they come from. */
const tables =
  (ecosystem: string, header: RegExp, isRegistry: (table: string) => boolean): Reader =>
  (text) =>
    text
      .split(header)
      .slice(1)
      .flatMap((table) => {
        const name = /^name = (["'])(.+?)\1/m.exec(table)?.[2];
        const version = /^version = ["']([^"']+)["']/m.exec(table)?.[1];
        if (name === undefined || version === undefined || !isRegistry(table)) return [];
        return [{ ecosystem, name: ecosystem === 'PyPI' ? python(name) : name, version }];
      });

const PACKAGE = /^\[\[package\]\]$/m;
const uv = tables('PyPI', PACKAGE, (table) => !/^source = \{ (git|url|path|directory|editable|virtual)/m.test(table));
const poetry = tables('PyPI', PACKAGE, (table) => !/^type = "(git|directory|file|url)"/m.test(table));
const pdm = tables('PyPI', PACKAGE, (table) => !/^(git|path|url) = /m.test(table));
const pylock = tables('PyPI', /^\[\[packages\]\]$/m, (table) => !/^\[packages\.(vcs|directory)\]|^(vcs|directory) = /m.test(table));
const cargo = tables('crates.io', PACKAGE, (table) => /^source = "(registry|sparse)\+/m.test(table));

const requirements: Reader = (text) =>
  [...text.matchAll(/^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*={2,3}\s*([^\s;\\#,*]+)(?=[\s;\\#]|$)/gm)].map(
    ([, name = '', version = '']) => ({ ecosystem: 'PyPI', name: python(name), version }),
  );

const pipfile: Reader = (text) => {
  const lock = JSON_OF(text);
  return [lock.default ?? {}, lock.develop ?? {}].flatMap((group: Readonly<Record<string, { version?: string }>>) =>
    Object.entries(group).flatMap(([name, { version }]) =>
      version?.startsWith('==') ? [{ ecosystem: 'PyPI', name: python(name), version: version.slice(2) }] : [],
    ),
  );
};

/** Before go 1.17 go.mod names direct modules only; of the others go.sum has every version seen, the highest is used. */
const fromSum = (sum: string): ReadonlyMap<string, string> => {
  const highest = new Map<string, string>();
  for (const [, name = '', version = ''] of sum.matchAll(/^(\S+) (v[^\s/]+) h1:/gm)) {
    const known = highest.get(name);
    if (known === undefined || semver.gt(version, known, { loose: true })) highest.set(name, version);
  }
  return highest;
};

const go: Reader = (text, beside) => {
  const replaced = new Map(
    [...text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\S+)(?:\s+(v\S+))?/gm)].map(
      ([, from = '', to = '', version]) => [from, { to, version }] as const,
    ),
  );
  const required = new Map<string, string>();
  for (const block of [...text.matchAll(/^require\s*\(([^)]*)\)/gm)]
    .map(([, body = '']) => body)
    .concat([...text.matchAll(/^require\s+(\S+\s+v\S+)/gm)].map(([, one = '']) => one)))
    for (const [, name = '', version = ''] of block.matchAll(/^\s*"?([^\s"/]+\.[^\s"]+)"?\s+(v\S+)/gm)) required.set(name, version);
  const [, minor = '16'] = /^go 1\.(\d+)/m.exec(text) ?? [];
  const indirect = Number(minor) < 17 ? [...fromSum(beside?.('go.sum') ?? '')].filter(([name]) => !required.has(name)) : [];
  return [...required, ...indirect].flatMap(([name, version]) => {
    const other = replaced.get(name);
    if (other === undefined) return [{ ecosystem: 'Go', name, version }];
    return other.version === undefined ? [] : [{ ecosystem: 'Go', name: other.to, version: other.version }];
  });
};

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/(^|\/)(package-lock|npm-shrinkwrap)\.json$/, npm],
  [/(^|\/)yarn\.lock$/, yarn],
  [/(^|\/)pnpm-lock\.yaml$/, pnpm],
  [/(^|\/)bun\.lock$/, bun],
  [/(^|\/)uv\.lock$/, uv],
  [/(^|\/)poetry\.lock$/, poetry],
  [/(^|\/)pdm\.lock$/, pdm],
  [/(^|\/)pylock[^/]*\.toml$/, pylock],
  [/(^|\/)Pipfile\.lock$/, pipfile],
  [/(^|\/)Cargo\.lock$/, cargo],
  [/(^|\/)go\.mod$/, go],
  [/(^|\/)requirements[^/]*\.txt$/, requirements],
];

/** undefined: no reader here for this name. */
export const plainReaderOf = (uri: string): Reader | undefined => READERS.find(([pattern]) => pattern.test(uri))?.[1];
