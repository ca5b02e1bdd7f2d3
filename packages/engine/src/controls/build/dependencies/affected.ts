/** Is this version affected? What an advisory lists and its ranges, in the order of its ecosystem. */
import type { Ordering } from '../../../ecosystems/versions/ordering.ts';
import { orderingOfRange } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts } from '../../../extractors/facts.ts';
import { byText } from '../../../lib/order.ts';
import type { Judgement } from './range.ts';
import { isAll, judgeRange } from './range.ts';

export type { Judgement } from './range.ts';

type Range = AdvisoryFacts['ranges'][number];

/** A moving tag (`v4`) stands for what its line holds: told only when its first and its last version agree. */
const judgeReadings = ({ type, events }: Range, text: string, ofEcosystem: Ordering | undefined): Judgement => {
  const ordering = orderingOfRange(type, ofEcosystem);
  const readings = ordering?.spanOf?.(text) ?? [ordering?.parse(text)];
  const judgements = readings.map((version) =>
    ordering === undefined || version === undefined ? 'undecidable' : judgeRange(events, version, ordering),
  );
  const [first = 'undecidable'] = judgements;
  return judgements.every((one) => one === first) ? first : 'undecidable';
};

const judgeRanges = (ranges: readonly Range[], text: string, ordering: Ordering | undefined): Judgement => {
  if (ranges.some(({ events }) => isAll(events))) return 'affected';
  const judgements = ranges.map((range) => judgeReadings(range, text, ordering));
  return (['affected', 'undecidable'] as const).find((judgement) => judgements.includes(judgement)) ?? 'not-affected';
};

/** As text, or as the same version in another spelling: `1.0` is `1.0.0` to PyPI. Of a moving tag, and without an order, it cannot be told. */
const judgeListed = (listed: readonly string[], text: string, ordering: Ordering | undefined): Judgement => {
  if (listed.includes(text)) return 'affected';
  if (listed.length === 0) return 'not-affected';
  if (ordering === undefined) return 'undecidable';
  const version = ordering.parse(text);
  if (version === undefined) return 'not-affected';
  const [first, last] = ordering.spanOf?.(text) ?? [version, version];
  const holds = (other: string): boolean => {
    const parsed = ordering.parse(other);
    return parsed !== undefined && ordering.compare(first, parsed) <= 0 && ordering.compare(parsed, last) <= 0;
  };
  if (!listed.some(holds)) return 'not-affected';
  return first === last ? 'affected' : 'undecidable';
};

/**
 * `ordering`: that of the advisory's ecosystem; `undefined` when there is none, and then `undecidable` unless the text alone decides.
 * By precedence, never by npm's range rules: a pre-release of a fixed version is still affected.
 */
export const judge = (
  { ranges, versions }: Pick<AdvisoryFacts, 'ranges' | 'versions'>,
  version: string,
  ordering: Ordering | undefined,
): Judgement => {
  if (versions.includes(version)) return 'affected';
  const published = ordering?.publishedOf?.(version) ?? version;
  const listed = judgeListed(versions, published, ordering);
  if (listed === 'affected') return listed;
  const ranged = judgeRanges(ranges, published, ordering);
  return ranged === 'not-affected' ? listed : ranged;
};

/** Ascending, each once, without versions that cannot be ordered; as stated where the ecosystem has no order. */
export const fixedVersions = (
  { ranges, patched }: Pick<AdvisoryFacts, 'ranges' | 'patched'>,
  ordering: Ordering | undefined,
): readonly string[] => {
  const stated = ranges.flatMap(({ events }) => events.flatMap((event) => event.fixed ?? []));
  const fixed = [...new Set([...stated, ...(patched === undefined ? [] : [patched])])];
  if (ordering === undefined) return fixed;
  const parsed = fixed.flatMap((text) => {
    const version = ordering.parse(text);
    return version === undefined ? [] : [{ text, version }];
  });
  return parsed.sort((a, b) => ordering.compare(a.version, b.version) || byText(a.text, b.text)).map(({ text }) => text);
};
