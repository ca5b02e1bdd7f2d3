/** From what a module asks for to the modules that Node (or the compiler) would give it. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Load } from '../../javascript/modules/module-facts.ts';
import type { Pattern } from '../../javascript/modules/pattern.ts';
import { HERE, START } from '../../javascript/modules/pattern.ts';
import { aliasOf } from './aliases.ts';
import { conditionsFor, targetsOf } from './exports-field.ts';
import type { FileTree } from './file-tree.ts';
import type { Place } from './find-file.ts';
import { findFiles, normal, sourceEntry } from './find-file.ts';
import type { TypeScriptPathsOf } from './tsconfig.ts';
import { mapped } from './tsconfig.ts';
import type { Named, OpenUnit, Unit, World } from './world.ts';
import { folderOf, isUnit, upward } from './world.ts';

/** `path` is relative to the unit, or to the root of the scan for own modules. */
export interface ModuleRef {
  readonly unit?: Unit;
  readonly path: string;
}

export interface Resolved {
  readonly modules: readonly ModuleRef[];
  /** Loaded, but which of its modules cannot be told: all of them count. */
  readonly whole: readonly Unit[];
  /** Loaded, and its code cannot be read. */
  readonly sealed: readonly { readonly unit: Unit; readonly why: string }[];
  /** It cannot be told what is loaded: one clause. */
  readonly open?: string;
}

/** The application's own files and what is said of their names. */
export interface Own extends Place {
  readonly typeScript: TypeScriptPathsOf;
  /** Name of a local package (workspace) → its folder. */
  readonly locals: ReadonlyMap<string, string>;
}

const NOTHING: Resolved = { modules: [], whole: [], sealed: [] };

export class ModuleResolver {
  readonly #world: World;
  readonly #own: Own;

  constructor(world: World, own: Own) {
    this.#world = world;
    this.#own = own;
  }

  /** All that `load` may load from `from`. */
  async resolve(from: ModuleRef, load: Load): Promise<Resolved> {
    const parts: Resolved[] = [];
    for (const pattern of load.patterns) parts.push(await this.#pattern(from, pattern, load));
    return merged(parts);
  }

  /** The module that a command of a package runs, or its main module. */
  async command(unit: Unit, name: string): Promise<Resolved> {
    const opened = await this.#world.open(unit);
    if (!opened.ok) return { ...NOTHING, sealed: [{ unit, why: opened.why }] };
    const file = opened.manifest?.commands[name] ?? opened.manifest?.bin[0];
    return file === undefined ? this.entryOf(unit, 'require') : this.#filesOf(unit, opened, file);
  }

  /** The main module of a package. */
  entryOf(unit: Unit, by: Load['by']): Promise<Resolved> {
    return this.#inUnit(unit, '', by, false);
  }

  #pattern(from: ModuleRef, pattern: Pattern, load: Load): Promise<Resolved> {
    const marked = Math.max(pattern.head.lastIndexOf(HERE), pattern.head.lastIndexOf(START));
    const folder = from.unit === undefined ? folderOf(from.path) : posix.join(from.unit.key, folderOf(from.path));
    if (marked >= 0) {
      const base = pattern.head[marked] === HERE ? folder : this.#startOf(from);
      return this.#path(from, base, { ...pattern, head: pattern.head.slice(marked + 1).replace(/^\/+/, '') }, load);
    }
    const head =
      pattern.head
        .replace(/^file:\/\/(?=\.)/, '')
        .split('!')
        .at(-1)
        ?.split('?')[0] ?? '';
    if (/^\.{1,2}(?:\/|$)/.test(head)) return this.#relative(from, folder, { ...pattern, head }, load);
    if (/^(?:data|https?|node|bun|virtual|astro|file):/.test(head))
      return Promise.resolve(head.startsWith('file:') ? unknown(head) : NOTHING);
    if (head.startsWith('/')) return this.#absolute(from, { ...pattern, head: head.slice(1) }, load);
    if (load.by === 'file') return this.#path(from, this.#startOf(from), { ...pattern, head }, load);
    return this.#bare(from, folder, { ...pattern, head }, load);
  }

  /** The application is taken to be started in the folder of its lockfile. */
  #startOf(from: ModuleRef): string {
    if (from.unit !== undefined) return from.unit.folder;
    return (
      upward(folderOf(from.path)).find((folder) => this.#own.tree.has(folder === '' ? 'package.json' : `${folder}/package.json`)) ?? ''
    );
  }

  async #relative(from: ModuleRef, folder: string, pattern: Pattern, load: Load): Promise<Resolved> {
    if (load.elsewhere === true) return unknown('a path relative to another module');
    const here = await this.#path(from, folder, pattern, load);
    if (load.by !== 'file') return here;
    // `fork('./x.js')` is relative to where the process was started, not to the module; people mean either
    const parts = [here, await this.#path(from, this.#startOf(from), pattern, load)];
    const found = parts.filter((part) => part.modules.length > 0);
    return merged(found.length > 0 ? found : parts);
  }

  async #absolute(from: ModuleRef, pattern: Pattern, load: Load): Promise<Resolved> {
    const found = await this.#path(from, this.#startOf(from), pattern, load);
    return found.modules.length > 0 && from.unit === undefined ? found : unknown('an absolute path');
  }

  /** A path below `base`, in whatever package or own folder it ends up. */
  async #path(from: ModuleRef, base: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const joined = normal(`${base}/${pattern.head}`);
    if (joined === undefined)
      return from.unit === undefined && load.guess !== true ? unknown('a path outside of the scanned folder') : NOTHING;
    const owner = this.#world.owner(joined);
    if (owner === 'nowhere') return NOTHING;
    if (owner === undefined) return this.#inOwn(from, joined, pattern, load);
    const opened = await this.#world.open(owner.unit);
    if (!opened.ok) return { ...NOTHING, sealed: [{ unit: owner.unit, why: opened.why }] };
    if (pattern.tail !== undefined) return refs(owner.unit, beginning(opened.tree, prefixOf(owner.inside, pattern.head), pattern.tail));
    return this.#filesOf(owner.unit, opened, owner.inside + (pattern.head.endsWith('/') ? '/' : ''));
  }

  async #inOwn(from: ModuleRef, joined: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const paths =
      pattern.tail === undefined
        ? await findFiles(this.#own, joined + (pattern.head.endsWith('/') && joined !== '' ? '/' : ''))
        : beginning(this.#own.tree, prefixOf(joined, pattern.head), pattern.tail);
    if (paths.length > 0) return refs(undefined, paths);
    // a package reaches out of its folder, or an asset that no runtime executes
    if (from.unit !== undefined || load.guess === true || ASSET.test(joined)) return NOTHING;
    return unknown(
      load.by === 'file' && pattern.tail === undefined ? `${joined} is not in the scanned folder` : 'no such file in the scanned folder',
    );
  }

  async #filesOf(unit: Unit, opened: OpenUnit & { ok: true }, path: string): Promise<Resolved> {
    const files = await findFiles(opened, path);
    if (files.length > 0) return refs(unit, files);
    // what a package does not have it cannot load, unless its install script makes it
    return unit.item.hasInstallScript ? { ...NOTHING, whole: [unit] } : NOTHING;
  }

  async #bare(from: ModuleRef, folder: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const { head, tail } = pattern;
    if (head.startsWith('#')) return this.#imports(from, folder, pattern, load);
    const { name, rest } = split(head);
    const complete = tail === undefined || rest !== '';
    if (complete && tail === undefined && isBuiltin(head)) return NOTHING;
    const alias = from.unit === undefined ? await this.#alias(folder, pattern, load, from) : undefined;
    if (alias !== undefined) return alias;
    if (!complete) return this.#namesBeginning(folder, head);
    const places = load.elsewhere === true ? this.#world.named(name) : this.#world.find(folder, name);
    if (await this.#isBundled(from, name, places))
      return unknown(`${name} is shipped inside the package, and the lockfile does not have it`);
    const parts: Resolved[] = [];
    for (const place of places) {
      if (!isUnit(place)) parts.push(await this.#foreign(from, name, rest, pattern, load));
      else parts.push(await this.#inUnit(place, rest, load.by, from.unit === undefined, tail));
    }
    if (parts.length > 0) return merged(parts);
    return this.#notLocked(from, name, rest, pattern, load);
  }

  /** Yarn, pnpm and bun do not write down what a package ships in a node_modules of its own; npm does. */
  async #isBundled({ unit }: ModuleRef, name: string, places: readonly Named[]): Promise<boolean> {
    if (unit === undefined || Object.hasOwn(unit.item.dependencies, name)) return false;
    if (places.some((place) => isUnit(place) && place.key.startsWith(`${unit.key}/node_modules/`))) return false;
    const opened = await this.#world.open(unit);
    return opened.ok && opened.manifest?.bundled.includes(name) === true;
  }

  /** The lockfile has the name and no published code for it: a local package, or one from git, an address or a tarball. */
  async #foreign(from: ModuleRef, name: string, rest: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const local = this.#own.locals.get(name);
    return local === undefined ? unknown(`${name} does not come from the registry`) : this.#inLocal(from, local, rest, pattern, load);
  }

  /** No lockfile has the name: a workspace, the package itself, or nothing at all. */
  async #notLocked(from: ModuleRef, name: string, rest: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const local = this.#own.locals.get(name);
    if (local !== undefined) return this.#inLocal(from, local, rest, pattern, load);
    const opened = from.unit === undefined ? undefined : await this.#world.open(from.unit);
    if (from.unit !== undefined && opened?.ok === true && opened.manifest?.name === name) {
      return this.#inUnit(from.unit, rest, load.by, false, pattern.tail);
    }
    if (from.unit !== undefined || load.soft === true || ASSET.test(pattern.head)) return NOTHING;
    return unknown(`${name} is in no lockfile: an alias?`);
  }

  async #inLocal(from: ModuleRef, folder: string, rest: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const manifest = await this.#own.manifestOf(folder);
    const targets = manifest?.exports === undefined ? [] : targetsOf(manifest.exports, `.${rest}`, conditionsFor(['import', 'require']));
    const parts = [];
    for (const target of targets) parts.push(await this.#path(from, folder, { head: sourceOf(target, this.#own.tree, folder) }, load));
    if (parts.some((part) => part.modules.length > 0)) return merged(parts);
    const named = await this.#path(from, folder, { ...pattern, head: rest === '' ? '' : rest.slice(1) }, load);
    if (named.modules.length > 0) return named;
    const built = rest === '' ? await sourceEntry(this.#own, folder) : await findFiles(this.#own, `${folder}/src${rest}`);
    return built.length > 0 ? refs(undefined, built) : named;
  }

  async #imports(from: ModuleRef, folderOfModule: string, pattern: Pattern, load: Load): Promise<Resolved> {
    const opened = from.unit === undefined ? undefined : await this.#world.open(from.unit);
    const manifestOf = opened?.ok === true ? opened.manifestOf : this.#own.manifestOf;
    const conditions = conditionsFor([load.by === 'import' ? 'import' : 'require']);
    for (const folder of from.unit === undefined ? upward(folderOf(from.path)) : ['']) {
      const targets = targetsOf((await manifestOf(folder))?.imports, pattern.head, conditions);
      if (targets.length > 0) return this.#targets(from, from.unit?.key ?? folder, targets, load);
    }
    const alias = from.unit === undefined ? await this.#alias(folderOfModule, pattern, load, from) : undefined;
    if (alias !== undefined) return alias;
    return from.unit === undefined ? unknown(`${pattern.head} is not among the imports of package.json`) : NOTHING;
  }

  async #targets(from: ModuleRef, base: string, targets: readonly string[], load: Load): Promise<Resolved> {
    const parts: Resolved[] = [];
    for (const head of targets) {
      parts.push(await (head.startsWith('.') ? this.#path(from, base, { head }, load) : this.#bare(from, base, { head }, load)));
    }
    return merged(parts);
  }

  /** tsconfig paths, baseUrl and module-alias; undefined = none applies. */
  async #alias(folder: string, pattern: Pattern, load: Load, from: ModuleRef): Promise<Resolved | undefined> {
    const config = await this.#own.typeScript(folder);
    const start = this.#startOf(from);
    const aliases = Object.entries((await this.#own.manifestOf(start))?.aliases ?? {});
    const byAlias = aliases
      .filter(([prefix]) => pattern.head === prefix || pattern.head.startsWith(`${prefix}/`))
      .map(([prefix, target]) => posix.join(start, target, pattern.head.slice(prefix.length)));
    const targets = [...mapped(config?.paths ?? {}, pattern.head), ...byAlias];
    if (config?.baseUrl !== undefined) targets.push(posix.join(config.baseUrl, pattern.head));
    const parts: Resolved[] = [];
    for (const head of targets) parts.push(await this.#path(from, '', { ...pattern, head }, load));
    const found = parts.filter((part) => part.modules.length > 0);
    return found.length > 0 ? merged(found) : this.#framework(from, start, pattern, load);
  }

  async #framework(from: ModuleRef, start: string, pattern: Pattern, load: Load): Promise<Resolved | undefined> {
    const alias = aliasOf(await this.#own.manifestOf(start), start, pattern.head);
    for (const head of alias?.paths ?? []) {
      const found = await this.#path(from, '', { ...pattern, head }, load);
      if (found.modules.length > 0) return found;
    }
    const units = alias?.whole === undefined ? [] : this.#world.find(start, alias.whole).filter(isUnit);
    return units.length === 0 ? undefined : merged(await Promise.all(units.map((unit) => this.#all(unit))));
  }

  async #namesBeginning(folder: string, head: string): Promise<Resolved> {
    const units = this.#world.resolvable(folder).filter(([name]) => name.startsWith(head));
    return merged(await Promise.all(units.map(([, unit]) => this.#all(unit))));
  }

  async #all(unit: Unit): Promise<Resolved> {
    const opened = await this.#world.open(unit);
    return opened.ok ? { ...NOTHING, whole: [unit] } : { ...NOTHING, sealed: [{ unit, why: opened.why }] };
  }

  async #inUnit(unit: Unit, rest: string, by: Load['by'], fromOwn: boolean, tail?: string): Promise<Resolved> {
    const opened = await this.#world.open(unit);
    if (!opened.ok) return { ...NOTHING, sealed: [{ unit, why: opened.why }] };
    const { manifest, tree } = opened;
    if (tail !== undefined) {
      const files = beginning(tree, rest.slice(1), tail);
      return files.length > 0 ? refs(unit, files) : { ...NOTHING, whole: [unit] };
    }
    const ways = fromOwn ? (['import', 'require'] as const) : ([by === 'import' ? 'import' : 'require'] as const);
    const targets = manifest?.exports === undefined ? [] : targetsOf(manifest.exports, `.${rest}`, conditionsFor(ways));
    const paths = targets.length > 0 ? targets : [rest.slice(1)];
    const files = (await Promise.all(paths.map((path) => findFiles(opened, path)))).flat();
    const bundled =
      fromOwn && by === 'import' && rest === '' && targets.length === 0 && manifest?.module !== undefined
        ? await findFiles(opened, manifest.module)
        : [];
    const all = [...new Set([...files, ...bundled])];
    if (all.length > 0) return refs(unit, all);
    return isTypesOnly(tree) ? { ...NOTHING, modules: [{ unit, path: 'package.json' }] } : { ...NOTHING, whole: [unit] };
  }
}

const ASSET =
  /\.(?:css|s[ac]ss|less|styl|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|eot|mp[34]|webm|html?|md|mdx|txt|graphql|gql|ya?ml|wasm|json5?|csv|pug|ejs|hbs|d\.ts)$/i;
const MODULE = /\.(?:[cm]?[jt]sx?|json|node|vue|svelte)$/i;

const isTypesOnly = (tree: FileTree): boolean => !tree.beginning('').some((path) => /\.[cm]?js$|\.node$/.test(path));

/** `lib/` + the part of the last name that is known. */
const prefixOf = (joined: string, head: string): string =>
  head === '' || head.endsWith('/') ? (joined === '' ? '' : `${joined}/`) : joined;

/** Files that a specifier could mean which begins and ends so; the extension and `/index` may be left out. */
const beginning = (tree: FileTree, prefix: string, tail: string): readonly string[] =>
  tree.beginning(prefix).filter((path) => MODULE.test(path) && !/\.d\.[cm]?ts$/.test(path) && ends(path, tail));

const ends = (path: string, tail: string): boolean => {
  if (tail === '' || path.endsWith(tail)) return true;
  const bare = path.replace(/\.[^./]+$/, '');
  return bare.endsWith(tail) || bare.replace(/\/index$/, '').endsWith(tail) || bare.endsWith(tail.replace(/\.[cm]?jsx?$/, ''));
};

const split = (head: string): { readonly name: string; readonly rest: string } => {
  const parts = head.split('/');
  const length = head.startsWith('@') ? 2 : 1;
  if (parts.length <= length) return { name: head, rest: '' };
  return { name: parts.slice(0, length).join('/'), rest: `/${parts.slice(length).join('/')}` };
};

/** A workspace points at its build output, which is not in the tree: its source has the same name elsewhere. */
const sourceOf = (target: string, tree: FileTree, folder: string): string => {
  const path = posix.join(folder, target);
  if (tree.has(path)) return target;
  const guess = target.replace(/^\.\/(?:dist|build|lib|out)\/(?:esm\/|cjs\/)?/, './src/').replace(/\.[cm]?js$/, '');
  return guess;
};

const refs = (unit: Unit | undefined, paths: readonly string[]): Resolved => ({
  ...NOTHING,
  modules: paths.map((path) => (unit === undefined ? { path } : { unit, path })),
});

const unknown = (open: string): Resolved => ({ ...NOTHING, open });

const merged = (parts: readonly Resolved[]): Resolved => {
  const open = parts.map((part) => part.open).find((each) => each !== undefined);
  return {
    modules: parts.flatMap((part) => part.modules),
    whole: parts.flatMap((part) => part.whole),
    sealed: parts.flatMap((part) => part.sealed),
    ...(open === undefined ? {} : { open }),
  };
};
