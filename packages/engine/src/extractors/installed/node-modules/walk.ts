/** The packages that lie in node_modules folders, as entries of a lockfile that nobody wrote: npm's own shape, links included. */
import type { Left } from '../../dependencies/format.ts';
import type { LockEntry } from '../../npm/entry.ts';
import type { Disk } from './disk.ts';
import { installedEntry } from './package-json.ts';

const MODULES = 'node_modules';
/** Nested node_modules; npm and Node stop far earlier. */
const DEEPEST = 40;

const under = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`);

const link = (place: string, target: string): LockEntry => ({
  place,
  region: { startLine: 1 },
  name: undefined,
  version: undefined,
  resolved: target,
  integrity: undefined,
  link: true,
  flags: { dev: false, optional: false, devOptional: false },
  hasInstallScript: false,
  declares: new Map(),
});

export class InstalledWalk {
  readonly entries = new Map<string, LockEntry>();
  /** Links that lead out of the root, and packages without a version. */
  readonly left: Left[] = [];
  readonly #disk: Disk;
  readonly #base: string;
  readonly #signal: AbortSignal;

  /** `base`: the folder that places count from. */
  constructor(disk: Disk, base: string, signal: AbortSignal) {
    this.#disk = disk;
    this.#base = base;
    this.#signal = signal;
  }

  /** A project in `folder`, relative to the base, and everything in its node_modules. */
  async project(folder: string): Promise<void> {
    const text = await this.#disk.text(this.#path(under(folder, 'package.json')));
    const entry = text === undefined ? undefined : installedEntry(text, folder, true);
    if (entry !== undefined) this.entries.set(folder, entry);
    if (await this.#disk.hasFolder(this.#path(under(folder, MODULES)))) await this.#modules(under(folder, MODULES), 0);
  }

  #path(place: string): string {
    return under(this.#base, place);
  }

  /** `place` ends in node_modules. */
  async #modules(place: string, depth: number): Promise<void> {
    if (depth > DEEPEST) {
      this.#disk.incomplete = true;
      return;
    }
    for (const { name, kind } of await this.#disk.list(this.#path(place))) {
      this.#signal.throwIfAborted();
      if (name === '.pnpm') await this.#store(under(place, name), depth);
      else if (name.startsWith('@') && kind === 'folder') await this.#scope(under(place, name), depth);
      else if (!name.startsWith('.')) await this.#package(under(place, name), kind, depth);
    }
  }

  async #scope(place: string, depth: number): Promise<void> {
    for (const { name, kind } of await this.#disk.list(this.#path(place))) await this.#package(under(place, name), kind, depth);
  }

  /** pnpm keeps each package in `.pnpm/<its key>/node_modules`, beside links to what it asks for. */
  async #store(place: string, depth: number): Promise<void> {
    for (const { name, kind } of await this.#disk.list(this.#path(place))) {
      if (kind === 'folder' && name !== MODULES) await this.#modules(under(place, `${name}/${MODULES}`), depth + 1);
    }
  }

  async #package(place: string, kind: 'folder' | 'link', depth: number): Promise<void> {
    if (kind === 'link') {
      const target = this.#placeOf(await this.#disk.real(this.#path(place)));
      if (target === undefined) this.#leave(place, 'file');
      else this.entries.set(place, link(place, target));
      return;
    }
    const text = await this.#disk.text(this.#path(`${place}/package.json`));
    const entry = text === undefined ? undefined : installedEntry(text, place, false);
    if (entry?.version !== undefined) this.entries.set(place, entry);
    else if (text !== undefined) this.#leave(place, 'unreadable');
    await this.#modules(`${place}/${MODULES}`, depth + 1);
  }

  #leave(place: string, origin: Left['origin']): void {
    this.left.push({ name: place.slice(place.lastIndexOf(`${MODULES}/`) + MODULES.length + 1), line: 1, origin });
  }

  /** Relative to the base; undefined for what lies beside it. */
  #placeOf(path: string | undefined): string | undefined {
    if (path === undefined || this.#base === '') return path;
    return path.startsWith(`${this.#base}/`) ? path.slice(this.#base.length + 1) : undefined;
  }
}
