/** Texts of the target with where their functions stand; each is read and parsed once while memory allows. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MAX_MODULE_BYTES } from '../javascript/file-tree.ts';
import type { Reading } from '../reading.ts';
import type { Code } from './fit.ts';
import type { Candidate, LockedUnit, Units } from './locate.ts';
import { shapesOf } from './shapes.ts';

/** UTF-16 units of text that stay at hand. */
const KEPT = 96 * 1024 * 1024;

export class Codes<U extends LockedUnit> {
  readonly #reading: Pick<Reading, 'root' | 'readText'>;
  readonly #units: Units<U>;
  readonly #known = new Map<string, Promise<Code | undefined>>();
  #kept = 0;

  constructor(reading: Pick<Reading, 'root' | 'readText'>, units: Units<U>) {
    this.#reading = reading;
    this.#units = units;
  }

  /** undefined when it is not at hand or does not parse. */
  of(candidate: Candidate<U>): Promise<Code | undefined> {
    return this.#once(pathOf(candidate), () => this.#text(candidate));
  }

  /** A file below the root that is not of the target: ignored by git, as what a build writes is. */
  ignored(path: string): Promise<Code | undefined> {
    return this.#once(path, () => textBelow(this.#reading.root, path));
  }

  #once(path: string, read: () => Promise<string | undefined>): Promise<Code | undefined> {
    const found = this.#known.get(path) ?? this.#parsed(path, read);
    this.#known.set(path, found);
    return found;
  }

  async #parsed(path: string, read: () => Promise<string | undefined>): Promise<Code | undefined> {
    const text = await read();
    const shapes = text === undefined ? undefined : shapesOf(text, path);
    if (text === undefined || shapes === undefined) return undefined;
    this.#kept += text.length;
    if (this.#kept > KEPT) {
      this.#known.clear();
      this.#kept = text.length;
    }
    return { text, shapes };
  }

  async #text({ unit, path }: Candidate<U>): Promise<string | undefined> {
    if (unit === undefined) return this.#reading.readText(path, MAX_MODULE_BYTES).catch(() => undefined);
    const opened = await this.#units.open(unit);
    if (!opened.ok || !opened.tree.has(path)) return undefined;
    const content = await opened.tree.read(path);
    return content.ok ? content.text : undefined;
  }
}

/** As evidence is kept by: relative to the root. */
export const pathOf = ({ unit, path }: Candidate<LockedUnit>): string => (unit === undefined ? path : `${unit.key}/${path}`);

/** Never through a link out of the root; undefined when there is no such file or it is too large. */
export const textBelow = async (root: string, path: string, maxBytes = MAX_MODULE_BYTES): Promise<string | undefined> => {
  try {
    const [inside, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!real.startsWith(inside + sep)) return undefined;
    const { size } = await stat(real);
    return size > maxBytes ? undefined : await readFile(real, 'utf8');
  } catch {
    return undefined;
  }
};
