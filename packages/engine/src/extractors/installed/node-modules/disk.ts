/** Files of an installed tree, which the walk of the target leaves out: bounded in number and size, never outside the root. */
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { byText } from '../../../lib/order.ts';

export interface Listed {
  readonly name: string;
  readonly kind: 'folder' | 'link';
}

export interface DiskBounds {
  readonly folders: number;
  readonly manifestBytes: number;
}

const BOUNDS: DiskBounds = { folders: 200_000, manifestBytes: 4 << 20 };

const isNothing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

export class Disk {
  readonly #root: string;
  readonly #bounds: DiskBounds;
  #folders = 0;
  /** Something is there, and was not read. */
  incomplete = false;

  private constructor(root: string, bounds: DiskBounds) {
    this.#root = root;
    this.#bounds = bounds;
  }

  /** `root` is absolute; every path given later is relative to it, with `/`. */
  static async open(root: string, bounds: DiskBounds = BOUNDS): Promise<Disk> {
    return new Disk(await realpath(root), bounds);
  }

  /** Whether a folder, not a link, lies there. */
  async hasFolder(path: string): Promise<boolean> {
    return (await this.real(path)) === path && (await this.#isFolder(path));
  }

  /** Folders and links in a folder that was reached over no link, sorted; empty when it is not there. */
  async list(folder: string): Promise<readonly Listed[]> {
    this.#folders += 1;
    if (this.#folders > this.#bounds.folders) {
      this.incomplete = true;
      return [];
    }
    try {
      const entries = await readdir(join(this.#root, folder), { withFileTypes: true });
      return entries
        .flatMap((entry): Listed[] => {
          if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
          return entry.isSymbolicLink() ? [{ name: entry.name, kind: 'link' }] : [];
        })
        .sort((a, b) => byText(a.name, b.name));
    } catch (error) {
      if (!isNothing(error)) this.incomplete = true;
      return [];
    }
  }

  /** Where the path leads in the end, relative to the root; undefined when it is not there or lies outside. */
  async real(path: string): Promise<string | undefined> {
    try {
      const found = relative(this.#root, await realpath(join(this.#root, path)));
      return found.startsWith('..') || found.startsWith(sep) ? undefined : found.split(sep).join('/');
    } catch {
      return undefined;
    }
  }

  /** Text of a regular file, not a link, in a folder that was reached over no link; undefined when there is none. */
  async text(path: string, maxBytes = this.#bounds.manifestBytes): Promise<string | undefined> {
    try {
      // no blocking on a pipe, and no link that took the file's place meanwhile
      const handle = await open(join(this.#root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const status = await handle.stat();
        if (status.isFile() && status.size <= maxBytes) return await handle.readFile('utf8');
        this.incomplete = true;
        return undefined;
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (!isNothing(error)) this.incomplete = true;
      return undefined;
    }
  }

  async #isFolder(path: string): Promise<boolean> {
    try {
      return (await lstat(join(this.#root, path))).isDirectory();
    } catch {
      return false;
    }
  }
}
