/** What is said of an index: what it holds, how old it is, where it came from. */
import type { BuildReport } from '@breakwater/engine/advisories/build';
import type { IndexMeta } from '@breakwater/engine/advisories/format';
import type { UpdateReport } from '@breakwater/engine/advisories/update/update';
import { ageText, count, dateText, instantText, plural } from '../render/words/index.ts';
import { padStartTo, padTo, type Style } from '../terminal/style.ts';

const BAD_SHOWN = 5;

const dated = (iso: string, at: string): string => {
  const age = ageText(iso, at);
  return age === '' ? dateText(iso) : `${dateText(iso)}, ${age}`;
};

const sizeOf = ({ records, packages }: IndexMeta): string =>
  `${plural(records, 'advisory', 'advisories')} of ${plural(packages, 'package')}`;

/** `EPSS 22 Nov 2026, 2 days old: 270,311 scores`; what is not there is said. */
const listsOf = ({ exploited, epss }: IndexMeta, at: string): readonly string[] => [
  exploited === 0 ? 'no catalogue of known exploited flaws (KEV)' : `KEV: ${plural(exploited, 'known exploited flaw')}`,
  epss === undefined
    ? 'no scores of likely exploitation (EPSS)'
    : `EPSS${epss.asOf === undefined ? '' : ` ${dated(epss.asOf, at)}`}: ${plural(epss.count, 'score')}`,
];

export const builtLines = ({ meta, withdrawn, empty, bad }: BuildReport, at: string, style: Style): readonly string[] => [
  `${style.mark('ok')} ${style.text(`${sizeOf(meta)}, newest ${dateText(meta.asOf)}`)}`,
  ...listsOf(meta, at).map((line) => `  ${style.text(line)}`),
  `  ${style.paint('dim', `left out: ${count(withdrawn)} withdrawn, ${count(empty)} without a version to match, ${count(bad.count)} not readable`)}`,
  ...bad.first.slice(0, BAD_SHOWN).map(({ name, reason }) => `  ${style.mark('unknown')} ${style.text(`${name}: ${reason}`)}`),
];

/** What became of the advisories that name a fixed version. */
export const deriveLines = ({ derived }: BuildReport, style: Style): readonly string[] => {
  if (derived === undefined) return [];
  const { asked, functions, moduleOnly, nothing, failed } = derived;
  return [
    `${style.mark('ok')} ${style.text(`functions derived for ${count(functions)} of ${plural(asked, 'npm advisory', 'npm advisories')} with a fix`)}`,
    `  ${style.paint('dim', `${count(moduleOnly)} tell only the package, ${count(nothing)} have no release to compare`)}`,
    ...(failed > 0
      ? [`${style.mark('unknown')} ${style.text(`${count(failed)} could not be asked of the registry; the same command asks again`)}`]
      : []),
  ];
};

/** An old part is in the index, and a part that was in it is not any more: neither goes unsaid. */
export const loadedLines = ({ outcomes, dropped }: UpdateReport, at: string, style: Style): readonly string[] => {
  const of = (state: string): number => outcomes.filter((outcome) => outcome.state === state).length;
  const counts = [
    `${count(of('new'))} loaded`,
    `${count(of('unchanged'))} unchanged`,
    ...(of('file') > 0 ? [`${count(of('file'))} from files`] : []),
  ];
  return [
    `  ${style.text(counts.join(', '))}`,
    ...outcomes.flatMap((outcome) =>
      outcome.state === 'kept'
        ? [
            `${style.mark('unknown')} ${style.text(`${outcome.name} could not be loaded, ${outcome.reason}: the one of ${dated(outcome.since, at)} is used`)}`,
          ]
        : [],
    ),
    ...(dropped.length > 0 ? [`${style.mark('attend')} ${style.text(`no longer in the index: ${dropped.join(', ')}`)}`] : []),
  ];
};

const coverageLines = ({ coverage }: IndexMeta, style: Style): readonly string[] => {
  const width = Math.max(...Object.keys(coverage).map((name) => name.length));
  return Object.entries(coverage).map(
    ([name, { facts, packages }]) =>
      `  ${style.text(`${padTo(name, width)}  ${padStartTo(count(facts), 9)} of ${plural(packages, 'package')}`)}`,
  );
};

const cameLine = ({ update }: IndexMeta, origin: string): string =>
  update === undefined ? origin : `updated ${instantText(update.at)} from ${update.from}`;

export const statusLines = (meta: IndexMeta, origin: string, at: string, style: Style): readonly string[] => [
  style.text(`${sizeOf(meta)}, newest ${dated(meta.asOf, at)}`),
  `  ${style.text(cameLine(meta, origin))}`,
  ...coverageLines(meta, style),
  ...listsOf(meta, at).map((line) => `  ${style.text(line)}`),
  ...(meta.update?.kept ?? []).map(
    ({ name, since }) => `${style.mark('unknown')} ${style.text(`${name} is of ${dated(since, at)}: it could not be loaded since`)}`,
  ),
  `  ${style.paint('dim', meta.digest)}`,
];
