/** The facts of a module wherever it lies: reads it, takes the scripts out of a component file, asks the cache. */
import { posix } from 'node:path';
import type { ModuleFacts } from '../../javascript/modules/module-facts.ts';
import { factsOf } from '../../javascript/modules/sites.ts';
import type { FactsCache } from './facts-cache.ts';
import type { FileTree } from './file-tree.ts';
import type { ModuleRef } from './resolve.ts';

const CODE = new Set(['', '.js', '.cjs', '.mjs', '.jsx', '.ts', '.cts', '.mts', '.tsx']);
const COMPONENTS = new Set(['.vue', '.svelte', '.astro']);
const NOTHING: ModuleFacts = { loads: [], unknown: [], named: [] };

export interface SourceContext {
  readonly cache: FactsCache;
  readonly watched: ReadonlySet<string>;
  /** Under which name own modules are kept. */
  readonly group: string;
}

export const readFacts = async (ref: ModuleRef, tree: FileTree, context: SourceContext): Promise<ModuleFacts> => {
  const extension = posix.extname(ref.path).toLowerCase();
  const isComponent = COMPONENTS.has(extension);
  if (!CODE.has(extension) && !isComponent) return NOTHING;
  const content = await tree.read(ref.path);
  if (!content.ok) return { ...NOTHING, error: content.error };
  const text = isComponent ? scriptsIn(content.text) : content.text;
  const uri = isComponent ? `${ref.path}.tsx` : ref.path;
  const group = ref.unit === undefined ? context.group : `${ref.unit.item.name}@${ref.unit.item.version}`;
  return context.cache.facts(group, uri, text, () => factsOf(text, uri, context.watched));
};

/** The text of every `<script>` and of Astro's frontmatter, at its lines; the rest becomes blank. */
export const scriptsIn = (text: string): string => {
  const kept: string[] = [];
  let at = 0;
  const keep = (from: number, to: number): void => {
    kept.push(text.slice(at, from).replace(/[^\n]/g, ''), text.slice(from, to), ';');
    at = to;
  };
  if (text.startsWith('---')) keep(3, Math.max(3, text.indexOf('\n---', 3)));
  for (let open = text.indexOf('<script', at); open >= 0; open = text.indexOf('<script', at)) {
    const start = text.indexOf('>', open);
    const end = start < 0 ? -1 : text.indexOf('</script', start);
    if (end < 0) break;
    keep(start + 1, end);
  }
  return kept.join('');
};
