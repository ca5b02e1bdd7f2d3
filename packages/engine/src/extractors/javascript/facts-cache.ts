/** Keeps what was read from a module, by the digest of its text, so that the next scan does not parse it again. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModuleFacts } from '../../javascript/modules/module-facts.ts';
import { byText } from '../../lib/order.ts';

/** The analysis is its own version: facts of other code than the code beside this file are never used. */
const analysis = (): string =>
  [import.meta.dirname, join(import.meta.dirname, '../../javascript')]
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => /\.[jt]s$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .sort(byText)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\0');

type Shelf = Record<string, ModuleFacts>;

export class FactsCache {
  readonly #folder: string;
  readonly #shelves = new Map<string, Promise<Shelf>>();
  readonly #changed = new Set<string>();

  /** `watched`: the names that models ask about; other names make other facts. */
  constructor(cache: string, watched: ReadonlySet<string>) {
    this.#folder = join(cache, 'modules', short([analysis(), ...[...watched].sort(byText)].join('\n'), 24));
  }

  /** `group` is what is loaded and saved together: a package and its version. `uri` decides how the text is parsed. */
  async facts(group: string, uri: string, text: string, make: () => ModuleFacts): Promise<ModuleFacts> {
    const shelf = await this.#shelf(group);
    const key = short(`${uri.slice(uri.lastIndexOf('/') + 1)}\0${text}`, 40);
    const known = shelf[key];
    if (known !== undefined) return known;
    const made = make();
    shelf[key] = made;
    this.#changed.add(group);
    return made;
  }

  /** A cache that cannot be written costs time, nothing else. */
  async save(): Promise<void> {
    for (const group of this.#changed) {
      const file = this.#fileOf(group);
      const draft = `${file}.${process.pid}-${Date.now()}`;
      try {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(draft, JSON.stringify(await this.#shelf(group)));
        await rename(draft, file);
      } catch {
        return;
      }
    }
  }

  #fileOf(group: string): string {
    return join(this.#folder, `${short(group, 40)}.json`);
  }

  #shelf(group: string): Promise<Shelf> {
    const found = this.#shelves.get(group) ?? load(this.#fileOf(group));
    this.#shelves.set(group, found);
    return found;
  }
}

const load = async (file: string): Promise<Shelf> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Shelf; // only `save` writes here, under the version of this analysis
  } catch {
    return Object.create(null);
  }
};

const short = (text: string, length = 12): string => createHash('sha256').update(text).digest('hex').slice(0, length);
