/** Names that frameworks and bundlers give to folders of the application, and names that stand for a framework's own modules. */
import { posix } from 'node:path';
import type { Manifest } from './manifest.ts';

export interface Alias {
  /** Relative to the root; the first that is there is meant. */
  readonly paths: readonly string[];
  /** The package whose modules, which ones is not told, the name stands for. */
  readonly whole?: string;
}

interface Rule {
  /** One of them in package.json says that the rule holds; none = it holds everywhere, since no package can be called so. */
  readonly packages: readonly string[];
  readonly prefix: RegExp;
  readonly folders: readonly string[];
  readonly whole?: string;
}

const NUXT = ['nuxt', 'nuxt3', 'nuxt-edge', 'nuxt-nightly', '@nuxt/core'];

const RULES: readonly Rule[] = [
  { packages: ['@sveltejs/kit'], prefix: /^\$lib(?:\/|$)/, folders: ['src/lib'] },
  { packages: ['@sveltejs/kit'], prefix: /^\$(?:app|env|service-worker)(?:\/|$)/, folders: [], whole: '@sveltejs/kit' },
  { packages: NUXT, prefix: /^(?:~~|@@)\//, folders: ['', 'src'] },
  { packages: NUXT, prefix: /^#shared\//, folders: ['shared'] },
  { packages: NUXT, prefix: /^#(?:app|imports|components|build|head)(?:\/|$)/, folders: [], whole: 'nuxt' },
  { packages: ['unplugin-icons'], prefix: /^~icons\//, folders: [], whole: 'unplugin-icons' },
  { packages: [], prefix: /^[~@]\//, folders: ['app', 'src', '', 'resources/js', 'client', 'client/src'] },
];

/** `start`: folder of the package.json. undefined = no such name. */
export const aliasOf = (manifest: Manifest | undefined, start: string, head: string): Alias | undefined => {
  const rule = RULES.find(
    ({ packages, prefix }) => prefix.test(head) && (packages.length === 0 || packages.some((name) => manifest?.declared.includes(name))),
  );
  if (rule === undefined) return undefined;
  const rest = head.replace(rule.prefix, '');
  return {
    paths: rule.folders.map((folder) => posix.join(start, folder, rest)),
    ...(rule.whole === undefined ? {} : { whole: rule.whole }),
  };
};
