/** `breakwater advisories build|status|show`: the offline vulnerability index. */
import { resolve } from 'node:path';
import { buildIndex } from '@breakwater/engine/advisories/build';
import { openIndex } from '@breakwater/engine/advisories/open';
import { snapshotFolder } from '@breakwater/engine/advisories/snapshot';
import { now } from '../clock.ts';
import { builtIndexFolder } from '../folders.ts';
import { ageText, count, dateText, plural } from '../render/words/index.ts';
import { EXIT } from '../terminal/exit.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { advisoriesFolder } from './advisories-folder.ts';
import type { Invocation } from './invocation.ts';

interface Flags {
  readonly color: boolean;
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const styleFor = (flags: Flags): Style => styleOf(terminalOf(process.stdout, process.env, !flags.color));

export const buildAction = async (from: string, flags: Flags & { readonly to?: string }, { signal, exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const to = flags.to === undefined ? builtIndexFolder(process.env) : resolve(flags.to);
  const { meta, withdrawn, empty, bad } = await buildIndex({ from: resolve(from), to, signal });
  write(
    `${style.mark('ok')} ${style.text(`${plural(meta.records, 'advisory', 'advisories')} of ${plural(meta.packages, 'package')}, newest ${dateText(meta.asOf)}`)}`,
  );
  write(
    `  ${style.paint('dim', `left out: ${count(withdrawn)} withdrawn, ${count(empty)} without a version to match, ${count(bad.count)} not readable`)}`,
  );
  for (const { name, reason } of bad.first.slice(0, 5)) write(`  ${style.mark('unknown')} ${style.text(`${name}: ${reason}`)}`);
  write(`  ${style.text(`used from now on: ${flags.to ?? 'the index of this user'}`)}`);
  exit(bad.count > 0 ? EXIT.incomplete : EXIT.passed);
};

export const statusAction = async (flags: Flags, { signal }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const folder = await advisoriesFolder(undefined, signal);
  const index = await openIndex(folder);
  const { meta } = index;
  await index.close();
  const origin = folder === snapshotFolder ? 'the snapshot that ships with Breakwater' : 'built by this user';
  write(
    style.text(`${plural(meta.records, 'advisory', 'advisories')} of ${plural(meta.packages, 'package')} in ${meta.ecosystems.join(', ')}`),
  );
  write(`  ${style.text(`newest ${dateText(meta.asOf)}, ${ageText(meta.asOf, now())} · ${origin}`)}`);
  write(`  ${style.paint('dim', meta.digest)}`);
};

export const showAction = async (id: string, flags: Flags, { signal, exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const index = await openIndex(await advisoriesFolder(undefined, signal));
  const found = await index.show(id);
  await index.close();
  if (found.length === 0) write(style.text(`${id} is not in the index`));
  for (const { ecosystem, package: name, advisory } of found) {
    write(
      `${style.paint('bold', advisory.id)} ${style.text(`${ecosystem} ${name} · ${advisory.severity}${advisory.severityStated ? '' : ' (not stated)'}`)}`,
    );
    if (advisory.aliases.length > 0) write(`  ${style.text(advisory.aliases.join(', '))}`);
    for (const range of advisory.ranges)
      write(
        `  ${style.text(
          range.events
            .map((event) =>
              Object.entries(event)
                .map(([key, value]) => `${key} ${value}`)
                .join(' '),
            )
            .join(', '),
        )}`,
      );
    if (advisory.functions.length > 0) write(`  ${style.text(`functions ${advisory.functions.join(', ')}`)}`);
  }
  exit(found.length === 0 ? EXIT.nothing : EXIT.passed);
};
