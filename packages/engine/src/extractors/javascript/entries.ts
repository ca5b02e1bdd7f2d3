/** Where the application starts: what breakwater.yaml names, else package.json, Dockerfiles, platforms and conventions. */
import { posix } from 'node:path';
import type { Location } from '@breakwater/model';
import { exact } from '../../javascript/modules/pattern.ts';
import { factsOf } from '../../javascript/modules/sites.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { isDockerfile } from '../dockerfile/read.ts';
import type { DependencyGraph } from '../facts.ts';
import type { Reading } from '../reading.ts';
import type { Started } from './commands.ts';
import { startedBy } from './commands.ts';
import type { Framework } from './conventions.ts';
import { exportedFiles, frameworksOf, PACKAGE_OF, startedByFramework, startedByProgram } from './conventions.ts';
import { findFiles, sourceEntry } from './find-file.ts';
import { locate, OUTPUT } from './locate.ts';
import type { Manifest } from './manifest.ts';
import type { Named } from './platforms.ts';
import { configuredIn, isConfiguration } from './platforms.ts';
import type { ModuleRef, ModuleResolver, Own, Resolved } from './resolve.ts';
import { workspaceFolders } from './workspaces.ts';
import type { World } from './world.ts';
import { folderOf, isUnit, upward } from './world.ts';

/** `at` names the module that is started, or what names it. */
export interface Entry {
  readonly at: Location;
  readonly modules: readonly ModuleRef[];
  readonly whole: Resolved['whole'];
  readonly sealed: Resolved['sealed'];
  /** It is not known what is started: one clause. */
  readonly open?: string;
}

export interface EntrySearch {
  readonly reading: Pick<Reading, 'files' | 'config' | 'readText'>;
  readonly graphs: readonly DependencyGraph[];
  readonly own: Own;
  readonly world: World;
  readonly resolver: ModuleResolver;
}

const FALLBACK = ['server', 'app', 'index', 'main', 'src/server', 'src/app', 'src/index', 'src/main', 'bin/www'];
const PRODUCTION =
  /^(?:pre|post)?(?:start|serve|server|prod|production|worker|workers|web|cron|job|jobs|queue|scheduler|consumer|bot|app|backend|migrate|preview|daemon|listen|api)(?:[:_.-].*)?$/;
const DEVELOPMENT = /dev|test|debug|watch|local|storybook|e2e|lint|build|docs|mock/;
/** What runs the application where no script says how it runs in production. */
const WHILE_WRITTEN = /^(?:dev|develop|start:dev|serve:dev|dev:server|watch)$/;
const MAX_TEXT = 512 * 1024;

/** In a fixed order: configuration, then each lockfile's package and its workspaces, then platforms. */
export const findEntries = (search: EntrySearch): Promise<readonly Entry[]> => new EntryFinder(search).all();

class EntryFinder {
  readonly #search: EntrySearch;
  readonly #found: Entry[] = [];
  /** Own modules that anything led to, again and again included. */
  #reached = 0;

  constructor(search: EntrySearch) {
    this.#search = search;
  }

  async all(): Promise<readonly Entry[]> {
    const named = this.#search.reading.config.application?.entries;
    for (const path of named ?? []) await this.#file('', path, { uri: 'breakwater.yaml', message: `application.entries: ${path}` });
    if (named !== undefined && named.length > 0) return this.#found;
    await this.#platforms();
    for (const graph of this.#search.graphs) await this.#project(graph);
    return this.#found;
  }

  async #project(graph: DependencyGraph): Promise<void> {
    const { own, world } = this.#search;
    const folder = folderOf(graph.manifest);
    const manifest = await own.manifestOf(folder);
    const folders = new Set([folder, ...world.projectsOf(graph), ...workspaceFolders(own.tree, folder, manifest?.workspaces ?? [])]);
    for (const each of folders) await this.#package(each, (await own.manifestOf(each)) ?? undefined);
    if (this.#found.some((entry) => [...folders].some((each) => this.#startsIn(entry, each)))) return;
    for (const path of FALLBACK) {
      const files = await findFiles(own, posix.join(folder, path));
      if (files.length > 0) return this.#addFiles(files, `${path} by its name`);
    }
  }

  #startsIn(entry: Entry, folder: string): boolean {
    return (
      entry.open !== undefined ||
      entry.modules.some((module) => module.unit === undefined && (folder === '' || module.path.startsWith(`${folder}/`)))
    );
  }

  async #package(folder: string, manifest: Manifest | undefined): Promise<void> {
    if (manifest === undefined) return;
    const uri = posix.join(folder, 'package.json');
    const [before, reached] = [this.#found.length, this.#reached];
    await this.#scripts(folder, manifest, (name) => PRODUCTION.test(name) && !DEVELOPMENT.test(name));
    for (const framework of frameworksOf(manifest)) await this.#framework(folder, framework, uri);
    const started = this.#found.length > before || this.#reached > reached;
    for (const path of [...manifest.bin, ...exportedFiles(manifest)])
      await this.#file(folder, path, { uri, message: 'package.json' }, started);
    for (const path of [manifest.main, manifest.module]) {
      // `npm init` writes a main that is often not there
      if (path !== undefined)
        await this.#file(folder, path, { uri, message: 'main of package.json' }, started || /^(?:\.\/)?index\.js$/.test(path));
    }
    if (this.#reached === reached) await this.#scripts(folder, manifest, (name) => WHILE_WRITTEN.test(name));
  }

  async #scripts(folder: string, manifest: Manifest, wanted: (name: string) => boolean): Promise<void> {
    const uri = posix.join(folder, 'package.json');
    for (const [name, text] of Object.entries(manifest.scripts))
      if (wanted(name)) await this.#started(folder, startedBy(text, manifest.scripts), { uri, message: `npm run ${name}` });
  }

  async #framework(folder: string, framework: Framework, uri: string): Promise<void> {
    const { program } = framework;
    if (program === '')
      this.#addFiles(startedByFramework(this.#search.own.tree, folder, framework), `${framework.packages[0]} by its convention`);
    else await this.#program(folder, { name: program, args: [] }, { uri, message: program });
  }

  async #platforms(): Promise<void> {
    const { reading } = this.#search;
    for (const { uri } of reading.files.filter((file) => file.bytes <= MAX_TEXT)) {
      if (isDockerfile(uri)) await this.#dockerfile(uri);
      else if (isConfiguration(uri)) await this.#configuration(uri);
    }
  }

  async #configuration(uri: string): Promise<void> {
    const text = await this.#search.reading.readText(uri, MAX_TEXT).catch(() => '');
    const { files, commands } = configuredIn(uri, text);
    for (const named of files) await this.#named(folderOf(uri), named, { uri, message: uri });
    for (const line of commands) await this.#commandLine(folderOf(uri), line, { uri, message: line });
  }

  /** The first that is there, from the folder of the configuration or one above, since tools count from either. */
  async #named(folder: string, { any, sure }: Named, at: Location): Promise<void> {
    for (const base of upward(folder)) {
      for (const path of any) {
        const files = await locate(this.#search.own, base, path);
        if (files.length > 0) return this.#addFiles(files, at.message ?? at.uri);
      }
    }
    if (sure === true) this.#unknown(at, `${any[0]} is not in the scanned folder`);
  }

  async #dockerfile(uri: string): Promise<void> {
    const text = await this.#search.reading.readText(uri, MAX_TEXT).catch(() => '');
    const { instructions } = parseDockerfile(uri, text).dockerfile;
    const isLambda = instructions.some(({ name, arguments: written }) => name === 'FROM' && /lambda\/nodejs/.test(written));
    for (const { name, arguments: written, region } of instructions) {
      if (name !== 'CMD' && name !== 'ENTRYPOINT' && name !== 'ENV' && name !== 'HEALTHCHECK') continue;
      const line = name === 'ENV' ? nodeOptions(written) : execForm(name === 'HEALTHCHECK' ? written.replace(/^.*?\bCMD\s/s, '') : written);
      if (isLambda && name === 'CMD') await this.#named(folderOf(uri), handlerOf(line), { uri, region, message: `CMD ${written}` });
      else if (line.length > 0) await this.#commandLine(folderOf(uri), line, { uri, region, message: `${name} ${written}` });
    }
  }

  async #commandLine(folder: string, line: string | readonly string[], at: Location): Promise<void> {
    const manifest = (await this.#search.own.manifestOf(folder)) ?? (await this.#search.own.manifestOf(''));
    await this.#started(folder, startedBy(line, manifest?.scripts ?? {}), at);
  }

  async #started(folder: string, started: Started, at: Location, depth = 0): Promise<void> {
    for (const words of started.scripts) await this.#script(folder, words, at);
    for (const name of started.preloads) await this.#preload(folder, name, at);
    for (const program of started.programs) await this.#program(folder, program, at);
    for (const code of started.code) await this.#code(folder, code, at);
    for (const path of depth < 3 ? started.shells : []) {
      const file = await this.#shellScript(folder, path);
      const text = file === undefined ? '' : await this.#search.reading.readText(file, MAX_TEXT).catch(() => '');
      const scripts = (await this.#search.own.manifestOf(folder))?.scripts ?? {};
      await this.#started(folder, startedBy(text, scripts), { uri: file ?? at.uri, message: path }, depth + 1);
    }
  }

  /** By its path, or by its name alone when an image has it in another folder. */
  async #shellScript(folder: string, path: string): Promise<string | undefined> {
    const { own, reading } = this.#search;
    for (const base of upward(folder)) {
      const [file] = await locate(own, base, path);
      if (file !== undefined) return file;
    }
    const name = posix.basename(path);
    return reading.files.map(({ uri }) => uri).find((uri) => posix.basename(uri) === name);
  }

  /** The first word that is a file, from the folder or, since an image has other folders, from one above. */
  async #script(folder: string, words: readonly string[], at: Location): Promise<void> {
    for (const base of upward(folder)) {
      for (const word of words.slice(0, 12)) {
        const files = await locate(this.#search.own, base, word);
        if (files.length > 0) return this.#addFiles(files, at.message ?? at.uri);
      }
    }
    if (!words.some((word) => /[./$]/.test(word)) || (await this.#isBuilt(folder, words))) return;
    this.#unknown(at, `${words[0]} is not in the scanned folder`);
  }

  /** Made by a framework whose files are entries already. */
  async #isBuilt(folder: string, words: readonly string[]): Promise<boolean> {
    const { own } = this.#search;
    for (const base of upward(folder)) {
      const manifest = await own.manifestOf(base);
      const made = manifest === undefined ? [] : frameworksOf(manifest).filter(({ output }) => words.some((word) => output.test(word)));
      if (made.some((framework) => startedByFramework(own.tree, base, framework).length > 0)) return true;
    }
    return false;
  }

  async #preload(folder: string, name: string, at: Location): Promise<void> {
    const from = { path: posix.join(folder, 'package.json') };
    this.#addResolved(at, await this.#search.resolver.resolve(from, { patterns: [exact(name)], by: 'require', line: 1, text: name }));
  }

  /** `node -e '…'`: what it requires, or that it cannot be told. */
  async #code(folder: string, code: string, at: Location): Promise<void> {
    const { loads, unknown, error } = factsOf(code, 'command.js', new Set());
    const from = { path: posix.join(folder, 'package.json') };
    for (const load of loads) this.#addResolved(at, await this.#search.resolver.resolve(from, load));
    if (error !== undefined || unknown.length > 0) this.#unknown(at, `code on the command line ${error ?? unknown[0]?.text}`);
  }

  async #program(folder: string, program: Started['programs'][number], at: Location): Promise<void> {
    const { world, resolver, own } = this.#search;
    for (const name of new Set([program.name, PACKAGE_OF[program.name] ?? program.name])) {
      const units = world.find(folder, name).filter(isUnit);
      for (const unit of units) this.#addResolved(at, await resolver.command(unit, program.name));
      if (units.length > 0) await this.#arguments(folder, program.args, at);
    }
    this.#addFiles(startedByProgram(own.tree, folder, program.name), `${program.name} by its convention`);
  }

  /** Files that a program is given. */
  async #arguments(folder: string, words: readonly string[], at: Location): Promise<void> {
    for (const word of words.filter((each) => /\.[cm]?[jt]sx?$/.test(each)))
      this.#addFiles(await locate(this.#search.own, folder, word), at.message ?? at.uri);
  }

  async #file(folder: string, path: string, at: Location, mayBeAbsent = false): Promise<void> {
    const files = await locate(this.#search.own, folder, path);
    if (files.length > 0) return this.#addFiles(files, at.message ?? at.uri);
    const built = OUTPUT.test(path) ? await sourceEntry(this.#search.own, folder) : [];
    if (built.length > 0) this.#addFiles(built, at.message ?? at.uri);
    else if (!mayBeAbsent && !(await this.#isBuilt(folder, [path]))) this.#unknown(at, `${path} is not in the scanned folder`);
  }

  #addFiles(files: readonly string[], message: string): void {
    this.#add(
      files.map((path) => ({ path })),
      message,
    );
  }

  #addResolved(at: Location, { modules, whole, sealed, open }: Resolved): void {
    const own = modules.filter((module) => module.unit === undefined);
    if (own.length > 0) this.#add(own, at.message ?? at.uri);
    const packages = modules.filter((module) => module.unit !== undefined);
    const found = packages.length + whole.length + sealed.length > 0;
    if (found || open !== undefined) this.#found.push({ at, modules: packages, whole, sealed, ...(open === undefined ? {} : { open }) });
  }

  #add(modules: readonly ModuleRef[], message: string): void {
    const seen = new Set(this.#found.flatMap((entry) => entry.modules.map((module) => `${module.unit?.key ?? ''}\0${module.path}`)));
    for (const module of modules) {
      this.#reached += 1;
      if (seen.has(`${module.unit?.key ?? ''}\0${module.path}`)) continue;
      this.#found.push({ at: { uri: module.path, region: { startLine: 1 }, message }, modules: [module], whole: [], sealed: [] });
    }
  }

  #unknown(at: Location, open: string): void {
    this.#found.push({ at, modules: [], whole: [], sealed: [], open });
  }
}

/** `["node", "x.js"]` → its words; the shell form stays. */
const execForm = (written: string): string | readonly string[] => {
  if (!written.trim().startsWith('[')) return written;
  try {
    const words: unknown = JSON.parse(written);
    return Array.isArray(words) ? words.map(String) : '';
  } catch {
    return written;
  }
};

/** `["x.handler"]` of an image for AWS Lambda. */
const handlerOf = (line: string | readonly string[]): Named => {
  const [word = ''] = typeof line === 'string' ? line.trim().split(/\s+/) : line;
  return { any: [word.replace(/\.\w+$/, '')], sure: true };
};

const nodeOptions = (written: string): string => {
  const found = /\bNODE_OPTIONS[= ]["']?([^"'\n]+)/.exec(written);
  return found === null ? '' : `NODE_OPTIONS='${found[1] ?? ''}'`;
};
