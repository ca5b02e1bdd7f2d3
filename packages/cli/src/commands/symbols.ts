/** `breakwater advisories symbols ID`: which functions are vulnerable, where that is from, and what the fix did to them. */
import { join } from 'node:path';
import { openRegistry } from '@breakwater/engine/advisories/derive/registry';
import type { FunctionTexts } from '@breakwater/engine/advisories/derive/texts';
import { functionTexts } from '@breakwater/engine/advisories/derive/texts';
import type { ShownAdvisory } from '@breakwater/engine/advisories/open';
import { openIndex } from '@breakwater/engine/advisories/open';
import { cacheFolder } from '../folders.ts';
import { EXIT } from '../terminal/exit.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { advisoriesFolder } from './advisories-folder.ts';
import type { Invocation } from './invocation.ts';
import { symbolLines } from './symbols-text.ts';

interface Flags {
  readonly color: boolean;
  readonly advisories?: string;
  readonly offline?: boolean;
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

interface Looked {
  readonly texts: readonly FunctionTexts[];
  /** Why there is no diff. */
  readonly why?: string;
}

const look = async ({ package: name, advisory }: ShownAdvisory, offline: boolean, signal: AbortSignal): Promise<Looked> => {
  if (advisory.derived === undefined || advisory.derived.functions.length === 0) return { texts: [] };
  if (offline) return { texts: [], why: 'offline: the two releases are not loaded, so only names are shown' };
  const registry = openRegistry({ cache: deriveCache(), signal });
  const found = await functionTexts(registry, name, advisory.derived);
  return found.ok ? { texts: found.value } : { texts: [], why: `only names are shown: ${found.error}` };
};

/** Tarballs and answers of derivations. */
export const deriveCache = (): string => join(cacheFolder(process.env), 'derive');

const print = async (shown: ShownAdvisory, flags: Flags, style: Style, signal: AbortSignal): Promise<void> => {
  const { texts, why } = await look(shown, flags.offline === true, signal);
  for (const line of symbolLines(shown, texts, style)) write(line);
  if (why !== undefined) write(`  ${style.mark('unknown')} ${style.text(why)}`);
};

export const symbolsAction = async (id: string, flags: Flags, { signal, exit }: Invocation): Promise<void> => {
  const style = styleOf(terminalOf(process.stdout, process.env, !flags.color));
  const index = await openIndex(await advisoriesFolder(flags.advisories, signal));
  const found = await index.show(id).finally(() => index.close());
  if (found.length === 0) write(style.text(`${id} is not in the index`));
  for (const shown of found) await print(shown, flags, style, signal);
  exit(found.length === 0 ? EXIT.nothing : EXIT.passed);
};
