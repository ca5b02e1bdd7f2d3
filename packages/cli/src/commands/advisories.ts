/** `breakwater advisories update|build|status|show`: the offline vulnerability index. */
import { join, resolve } from 'node:path';
import { buildIndex } from '@breakwater/engine/advisories/build';
import { openIndex, type ShownAdvisory } from '@breakwater/engine/advisories/open';
import { snapshotFolder } from '@breakwater/engine/advisories/snapshot';
import { isAddress, isEcosystemName } from '@breakwater/engine/advisories/update/address';
import { updateIndex } from '@breakwater/engine/advisories/update/update';
import { now } from '../clock.ts';
import { builtIndexFolder, cacheFolder } from '../folders.ts';
import { chanceText, dateText, plural } from '../render/words/index.ts';
import { EXIT, UsageError } from '../terminal/exit.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { advisoriesFolder } from './advisories-folder.ts';
import { indexProgressOf } from './advisories-progress.ts';
import { builtLines, deriveLines, loadedLines, statusLines } from './advisories-report.ts';
import type { Invocation } from './invocation.ts';
import { deriveCache } from './symbols.ts';

interface Flags {
  readonly color: boolean;
}
interface Lists {
  readonly to?: string;
  readonly kev?: string;
  readonly epss?: string;
}
interface UpdateFlags extends Flags, Lists {
  readonly from?: string;
  readonly ecosystem?: readonly string[];
  readonly offline?: boolean;
}
interface BuildFlags extends Flags, Lists {
  readonly derive?: boolean;
}
interface ReadFlags extends Flags {
  readonly advisories?: string;
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const styleFor = (flags: Flags): Style => styleOf(terminalOf(process.stdout, process.env, !flags.color));
const progressFor = (flags: Flags) => {
  const terminal = terminalOf(process.stderr, process.env, !flags.color);
  return indexProgressOf(process.stderr, terminal, styleOf(terminal), process.env['CI'] !== undefined);
};

const targetOf = ({ to }: Lists): string => (to === undefined ? builtIndexFolder(process.env) : resolve(to));
const usedLine = async (lists: Lists, signal: AbortSignal, style: Style): Promise<string> => {
  const folder = targetOf(lists);
  const used = folder === (await advisoriesFolder(undefined, signal));
  const why = lists.to === undefined ? 'the snapshot that ships with Breakwater is newer and stays in use; ' : '';
  return `  ${style.text(used ? 'used from now on' : `${why}use this one with --advisories ${folder}`)}`;
};

/** `none` = without; an address stays as it is. */
const listsOf = ({ kev, epss }: Lists): { readonly kev?: string | false; readonly epss?: string | false } => {
  const one = (value: string): string | false => (value === 'none' ? false : isAddress(value) ? value : resolve(value));
  return { ...(kev !== undefined && { kev: one(kev) }), ...(epss !== undefined && { epss: one(epss) }) };
};

export const buildAction = async (from: string, flags: BuildFlags, { signal, exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const progress = progressFor(flags);
  const onProgress = ({ read }: { readonly read: number }): void => progress.onProgress({ phase: 'build', read });
  const derive = { cache: deriveCache(), onProgress: progress.onDerive };
  const options = { from: resolve(from), to: targetOf(flags), ...listsOf(flags), signal, onProgress, ...(flags.derive && { derive }) };
  const report = await buildIndex(options).finally(progress.stop);
  for (const line of [...builtLines(report, now(), style), ...deriveLines(report, style)]) write(line);
  write(await usedLine(flags, signal, style));
  exit(report.bad.count > 0 || (report.derived?.failed ?? 0) > 0 ? EXIT.incomplete : EXIT.passed);
};

const checkUse = ({ from, ecosystem = [] }: UpdateFlags): void => {
  if (from !== undefined && !isAddress(from))
    throw new UsageError('--from takes an address of http or https', [['data at hand', `breakwater advisories build ${from}`]]);
  const wrong = ecosystem.find((name) => !isEcosystemName(name));
  if (wrong !== undefined)
    throw new UsageError(`${wrong} is no name of an ecosystem`, [['for example', '--ecosystem npm --ecosystem Debian:12']]);
};

export const updateAction = async (flags: UpdateFlags, { signal, exit }: Invocation): Promise<void> => {
  checkUse(flags);
  const style = styleFor(flags);
  const progress = progressFor(flags);
  const report = await updateIndex({
    ...(flags.from !== undefined && { base: flags.from }),
    ...(flags.ecosystem !== undefined && { ecosystems: flags.ecosystem }),
    ...listsOf(flags),
    ...(flags.offline !== undefined && { offline: flags.offline }),
    to: targetOf(flags),
    cache: join(cacheFolder(process.env), 'advisories', 'osv'),
    environment: process.env,
    now,
    signal,
    onProgress: progress.onProgress,
  }).finally(progress.stop);
  for (const line of [...builtLines(report, now(), style), ...loadedLines(report, now(), style)]) write(line);
  write(await usedLine(flags, signal, style));
  const whole = report.bad.count === 0 && report.outcomes.every(({ state }) => state !== 'kept');
  exit(whole ? EXIT.passed : EXIT.incomplete);
};

export const statusAction = async (flags: ReadFlags, { signal }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const folder = await advisoriesFolder(flags.advisories, signal);
  const index = await openIndex(folder);
  await index.close();
  const origin = folder === snapshotFolder ? 'the snapshot that ships with Breakwater' : 'built by this user';
  for (const line of statusLines(index.meta, origin, now(), style)) write(line);
};

const rangeText = (events: ShownAdvisory['advisory']['ranges'][number]['events']): string =>
  events.flatMap((event) => Object.entries(event).map(([key, value]) => `${key} ${value}`)).join(', ');

const derivedText = ({ pair, functions }: NonNullable<ShownAdvisory['advisory']['derived']>): string =>
  `${plural(functions.length, 'function')} changed from ${pair.vulnerable} to ${pair.fixed}: breakwater advisories symbols shows them`;

const shownLines = ({ ecosystem, package: name, advisory }: ShownAdvisory, style: Style): readonly string[] => {
  const { severity, severityStated, malicious, informational } = advisory;
  const stated = severityStated ? severity : `${severity} (not stated)`;
  const kind = [malicious ? 'malicious' : stated, ...(informational === undefined ? [] : [informational])].join(' · ');
  return [
    `${style.paint('bold', advisory.id)} ${style.text(`${ecosystem} ${name} · ${kind}`)}`,
    ...(advisory.aliases.length > 0 ? [`  ${style.text(advisory.aliases.join(', '))}`] : []),
    ...advisory.ranges.map((range) => `  ${style.text(rangeText(range.events))}`),
    ...(advisory.versions.length > 0 ? [`  ${style.text(`versions ${advisory.versions.join(', ')}`)}`] : []),
    ...(advisory.functions.length > 0 ? [`  ${style.text(`functions ${advisory.functions.join(', ')}`)}`] : []),
    ...(advisory.derived === undefined ? [] : [`  ${style.text(derivedText(advisory.derived))}`]),
  ];
};

export const showAction = async (id: string, flags: ReadFlags, { signal, exit }: Invocation): Promise<void> => {
  const style = styleFor(flags);
  const index = await openIndex(await advisoriesFolder(flags.advisories, signal));
  const [found, exploited] = await Promise.all([index.show(id), index.exploited()]);
  await index.close();
  if (found.length === 0) write(style.text(`${id} is not in the index`));
  for (const one of found) for (const line of shownLines(one, style)) write(line);
  const cves = [...new Set(found.flatMap(({ advisory }) => [advisory.id, ...advisory.aliases]))].filter((name) => name.startsWith('CVE-'));
  for (const cve of cves) {
    const since = exploited.since.get(cve);
    const chance = exploited.epss(cve);
    const words = [
      ...(since === undefined ? [] : [`known exploited (KEV) since ${dateText(since)}`]),
      ...(chance === undefined ? [] : [`EPSS ${chanceText(chance)}`]),
    ];
    if (words.length > 0) write(style.text(`${cve}: ${words.join(', ')}`));
  }
  exit(found.length === 0 ? EXIT.nothing : EXIT.passed);
};
