/** vendor/modules.txt: exactly the modules whose packages were copied into vendor/. @see https://go.dev/ref/mod#vendoring */
import type { Module, Used } from './replace.ts';

export interface Vendored {
  readonly module: Module;
  readonly used: Used;
  /** At least one package was copied: some build of the project compiles it. */
  readonly compiled: boolean;
}

export interface VendorList {
  readonly modules: readonly Vendored[];
  readonly unread: number;
}

interface Draft {
  readonly module: Module;
  readonly used: Used;
  explicit: boolean;
  packages: number;
}

/** `# path version`, `# path version => path version`, `# path version => folder`; `# path => …` only repeats a replacement. */
const headingOf = (words: readonly string[]): Pick<Draft, 'module' | 'used'> | 'replacement' | undefined => {
  const arrow = words.indexOf('=>');
  const [path, version, ...rest] = arrow < 0 ? words : words.slice(0, arrow);
  if (!path || rest.length > 0) return undefined;
  if (version === undefined) return arrow < 0 ? undefined : 'replacement';
  const module = { path, version };
  if (arrow < 0) return { module, used: module };
  const [to, toVersion, ...more] = words.slice(arrow + 1);
  if (!to || more.length > 0) return undefined;
  return { module, used: toVersion === undefined ? { folder: to } : { path: to, version: toVersion } };
};

/** A heading without a package that is not marked explicit repeats a replacement nobody uses. */
const isListed = ({ explicit, packages }: Draft): boolean => explicit || packages > 0;

class Reader {
  readonly drafts: Draft[] = [];
  unread = 0;
  #current: Draft | undefined;

  line(text: string): void {
    const words = text.trim().split(/\s+/);
    if (words[0] === '') return;
    if (words[0] === '##') this.#annotate(words.slice(1).join(' '));
    else if (words[0] === '#') this.#open(words.slice(1));
    else if (words.length === 1 && this.#current !== undefined) this.#current.packages += 1;
    else this.unread += 1;
  }

  /** `## explicit; go 1.17`, `## workspace`. */
  #annotate(note: string): void {
    if (this.#current !== undefined && /(?:^|;)\s?explicit(?:;|$)/.test(note)) this.#current.explicit = true;
  }

  #open(words: readonly string[]): void {
    const heading = headingOf(words);
    this.#current = undefined;
    if (heading === undefined) this.unread += 1;
    else if (heading !== 'replacement') {
      this.#current = { ...heading, explicit: false, packages: 0 };
      this.drafts.push(this.#current);
    }
  }
}

export const parseVendorList = (text: string): VendorList => {
  const reader = new Reader();
  for (const line of text.split('\n')) reader.line(line);
  const listed = reader.drafts.filter(isListed);
  return { modules: listed.map(({ module, used, packages }) => ({ module, used, compiled: packages > 0 })), unread: reader.unread };
};
