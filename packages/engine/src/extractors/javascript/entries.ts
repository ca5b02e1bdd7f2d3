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
import { commandsInConfiguration, exportedFiles, namedInConfiguration, PACKAGE_OF, startedByProgram } from './conventions.ts';
import { findFiles } from './find-file.ts';
import type { Manifest } from './manifest.ts';
import type { ModuleRef, ModuleResolver, Own, Resolved } from './resolve.ts';
import { workspaceFolders } from './workspaces.ts';
import type { World } from './world.ts';
import { folderOf, isUnit } from './world.ts';

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
  /^(?:pre|post)?(?:start|serve|server|prod|production|worker|workers|web|cron|job|jobs|queue|migrate|preview|daemon|listen|api)(?:[:_.-].*)?$/;
const DEVELOPMENT = /dev|test|debug|watch|local|storybook|e2e|lint|build|docs|mock/;
const MAX_TEXT = 512 * 1024;

/** In a fixed order: configuration, then each lockfile's package and its workspaces, then platforms. */
export const findEntries = (search: EntrySearch): Promise<readonly Entry[]> => new EntryFinder(search).all();

class EntryFinder {
  readonly #search: EntrySearch;
  readonly #found: Entry[] = [];

  constructor(search: EntrySearch) {
    this.#search = search;
  }

  async all(): Promise<readonly Entry[]> {
    const named = this.#search.reading.config.application?.entries;
    for (const path of named ?? []) await this.#file('', path, { uri: 'breakwater.yaml', message: `application.entries: ${path}` });
    if (named !== undefined && named.length > 0) return this.#found;
    await this.#platforms();
    for (const graph of this.#search.graphs) await this.#project(folderOf(graph.manifest));
    return this.#found;
  }

  async #project(folder: string): Promise<void> {
    const { own } = this.#search;
    const manifest = await own.manifestOf(folder);
    const folders = [folder, ...workspaceFolders(own.tree, folder, manifest?.workspaces ?? [])];
    for (const each of folders) await this.#package(each, (await own.manifestOf(each)) ?? undefined);
    if (this.#found.some((entry) => this.#startsIn(entry, folder))) return;
    for (const path of FALLBACK) {
      const files = await findFiles(own, posix.join(folder, path));
      if (files.length > 0)
        return this.#add(
          files.map((file) => ({ path: file })),
          `${path} by its name`,
        );
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
    const before = this.#found.length;
    for (const [name, text] of Object.entries(manifest.scripts)) {
      if (PRODUCTION.test(name) && !DEVELOPMENT.test(name))
        await this.#started(folder, startedBy(text, manifest.scripts), { uri, message: `npm run ${name}` });
    }
    const started = this.#found.length > before;
    for (const path of [...manifest.bin, ...exportedFiles(manifest)])
      await this.#file(folder, path, { uri, message: 'package.json' }, started);
    for (const path of [manifest.main, manifest.module]) {
      // `npm init` writes a main that is often not there
      if (path !== undefined)
        await this.#file(folder, path, { uri, message: 'main of package.json' }, started || /^(?:\.\/)?index\.js$/.test(path));
    }
    if (manifest.declared.includes('next')) await this.#program(folder, { name: 'next', args: [] }, { uri, message: 'next' });
  }

  async #platforms(): Promise<void> {
    const { reading } = this.#search;
    for (const { uri } of reading.files.filter((file) => file.bytes <= MAX_TEXT)) {
      if (isDockerfile(uri)) await this.#dockerfile(uri);
      else if (CONFIGURATION.test(uri)) {
        const text = await reading.readText(uri, MAX_TEXT).catch(() => '');
        for (const path of namedInConfiguration(uri, text)) await this.#file(folderOf(uri), path, { uri, message: uri }, true);
        for (const line of commandsInConfiguration(uri, text)) await this.#commandLine(folderOf(uri), line, { uri, message: line });
      }
    }
  }

  async #dockerfile(uri: string): Promise<void> {
    const text = await this.#search.reading.readText(uri, MAX_TEXT).catch(() => '');
    for (const { name, arguments: written, region } of parseDockerfile(uri, text).dockerfile.instructions) {
      if (name !== 'CMD' && name !== 'ENTRYPOINT' && name !== 'ENV' && name !== 'HEALTHCHECK') continue;
      const line = name === 'ENV' ? nodeOptions(written) : execForm(name === 'HEALTHCHECK' ? written.replace(/^.*?\bCMD\s/s, '') : written);
      if (line.length > 0) await this.#commandLine(folderOf(uri), line, { uri, region, message: `${name} ${written}` });
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
      const [file] = await this.#locate(folder, path);
      const text = file === undefined ? '' : await this.#search.reading.readText(file, MAX_TEXT).catch(() => '');
      const scripts = (await this.#search.own.manifestOf(folder))?.scripts ?? {};
      await this.#started(folder, startedBy(text, scripts), { uri: file ?? at.uri, message: path }, depth + 1);
    }
  }

  /** The first word that is a file. */
  async #script(folder: string, words: readonly string[], at: Location): Promise<void> {
    for (const word of words.slice(0, 12)) {
      const files = await this.#locate(folder, word);
      if (files.length > 0)
        return this.#add(
          files.map((path) => ({ path })),
          at.message ?? at.uri,
        );
    }
    if (words.some((word) => /[./$]/.test(word))) this.#unknown(at, `${words[0]} is not in the scanned folder`);
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
      const unit = world.find(folder, name);
      if (!isUnit(unit)) continue;
      const resolved = await resolver.command(unit, program.name);
      this.#addResolved(at, resolved);
      for (const word of program.args) {
        const files = /\.[cm]?[jt]s$/.test(word) ? await this.#locate(folder, word) : [];
        if (files.length > 0)
          this.#add(
            files.map((path) => ({ path })),
            at.message ?? at.uri,
          );
      }
    }
    const files = startedByProgram(own.tree, folder, program.name);
    if (files.length > 0)
      this.#add(
        files.map((path) => ({ path })),
        `${program.name} by its convention`,
      );
  }

  async #file(folder: string, path: string, at: Location, mayBeAbsent = false): Promise<void> {
    const files = await this.#locate(folder, path);
    if (files.length > 0)
      this.#add(
        files.map((each) => ({ path: each })),
        at.message ?? at.uri,
      );
    else if (!mayBeAbsent) this.#unknown(at, `${path} is not in the scanned folder`);
  }

  /** As written; as the source of a build output; or, since an image has other folders, by ever shorter ends of the path. */
  async #locate(folder: string, path: string): Promise<readonly string[]> {
    const { own } = this.#search;
    const config = await own.typeScript(folder);
    const clean = path.replace(/^\/+/, '');
    const parts = clean.split('/');
    const ends = path.startsWith('/') ? parts.map((_, at) => parts.slice(at).join('/')) : [clean];
    for (const end of ends) {
      const direct = posix.join(folder, end);
      const fromOutput =
        config?.outDir !== undefined && direct.startsWith(`${config.outDir}/`) ? direct.slice(config.outDir.length + 1) : undefined;
      const bases =
        fromOutput === undefined ? [] : [config?.rootDir ?? posix.join(folder, 'src'), folder].map((base) => posix.join(base, fromOutput));
      const guessed = posix.join(folder, end.replace(/^(?:dist|build|lib|out)\//, 'src/'));
      for (const candidate of [direct, ...bases, guessed]) {
        const files = await findFiles(own, candidate);
        if (files.length > 0) return files;
      }
    }
    return [];
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
      if (seen.has(`${module.unit?.key ?? ''}\0${module.path}`)) continue;
      this.#found.push({ at: { uri: module.path, region: { startLine: 1 }, message }, modules: [module], whole: [], sealed: [] });
    }
  }

  #unknown(at: Location, open: string): void {
    this.#found.push({ at, modules: [], whole: [], sealed: [], open });
  }
}

const CONFIGURATION =
  /(?:^|\/)(?:Procfile|(?:serverless|template|sam)\.ya?ml|(?:ecosystem|pm2|process)[\w.]*\.(?:c?js|json|ya?ml)|(?:docker-)?compose[\w.-]*\.ya?ml)$/;

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

const nodeOptions = (written: string): string => {
  const found = /\bNODE_OPTIONS[= ]["']?([^"'\n]+)/.exec(written);
  return found === null ? '' : `NODE_OPTIONS='${found[1] ?? ''}'`;
};
