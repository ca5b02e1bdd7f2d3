/** Which functions an advisory is about: those it names, those that its fix changed by how much they say, and what the fix did to each. */
import type { FunctionTexts } from '@breakwater/engine/advisories/derive/texts';
import type { ShownAdvisory } from '@breakwater/engine/advisories/open';
import { hunks, linesOf } from '@breakwater/engine/remediation/deliver/diff';
import { plural } from '../render/words/index.ts';
import type { Role, Style } from '../terminal/style.ts';

type Derived = NonNullable<ShownAdvisory['advisory']['derived']>;
type Tier = Derived['functions'][number]['tier'];

const TIERS: readonly (readonly [Tier, string])[] = [
  ['core', 'the fix, as far as can be told'],
  ['wide', 'changed in the same release'],
  ['swept', 'the same edit in many functions'],
];
const KINDS = { changed: '', removed: 'removed', reader: 'reads a value that changed' } as const;
const CONTEXT = 2;
const MOST_LINES = 40;

/** `texts` by `file` and name, empty when the tarballs were not looked at. */
export const symbolLines = (shown: ShownAdvisory, texts: readonly FunctionTexts[], style: Style): readonly string[] => {
  const { advisory, ecosystem, package: name } = shown;
  const named = advisory.functions.map((item) => `    ${style.text(item)}`);
  return [
    `${style.paint('bold', advisory.id)} ${style.text(`${ecosystem} ${name}`)}`,
    ...(named.length === 0
      ? [`  ${style.text('the advisory names no function')}`]
      : [`  ${style.text('named by the advisory')}`, ...named]),
    ...(advisory.derived === undefined
      ? [`  ${style.text('nothing is derived from its fix')}`]
      : derivedLines(advisory.derived, texts, style)),
  ];
};

const derivedLines = (derived: Derived, texts: readonly FunctionTexts[], style: Style): readonly string[] => {
  const { pair, distance, moduleOnly, functions } = derived;
  const count = functions.length === 0 ? '' : `, ${plural(functions.length, 'function')}`;
  return [
    `  ${style.text(`derived from ${pair.vulnerable} → ${pair.fixed} (${distance})${count}`)}`,
    ...(derived.others ?? []).map((other) => `    ${style.text(`and from ${other.vulnerable} → ${other.fixed}`)}`),
    ...(moduleOnly === undefined ? [] : [`  ${style.mark('unknown')} ${style.text(`counts for the whole package: ${moduleOnly}`)}`]),
    ...TIERS.flatMap(([tier, words]) =>
      tierLines(
        functions.filter((item) => item.tier === tier),
        `${tier}: ${words}`,
        texts,
        style,
      ),
    ),
  ];
};

const tierLines = (functions: Derived['functions'], title: string, texts: readonly FunctionTexts[], style: Style): readonly string[] => {
  if (functions.length === 0) return [];
  return [
    `  ${style.text(title)}`,
    ...functions.flatMap((item) => {
      const text = texts.find(({ derived }) => derived.file === item.file && derived.name === item.name);
      const place = text === undefined ? item.file : `${item.file}:${text.before.line}`;
      const kind = text?.reads === undefined ? KINDS[item.kind] : `reads ${text.reads}, which changed`;
      const dim = [place, kind].filter((word) => word !== '').join('  ');
      return [`    ${style.paint('bold', item.name)}  ${style.paint('dim', dim)}`, ...(text === undefined ? [] : diffLines(text, style))];
    }),
  ];
};

/** Unified, with marks that say the same without colour; what is long is cut and says so. */
export const diffLines = ({ before, after }: FunctionTexts, style: Style): readonly string[] => {
  if (after === undefined || before.text === after.text) return [];
  const [old, now] = [linesOf(before.text), linesOf(after.text)];
  const lines = hunks(old, now).flatMap((hunk) => [
    style.paint('dim', `@@ line ${before.line + hunk.oldStart} @@`),
    ...old.slice(Math.max(0, hunk.oldStart - CONTEXT), hunk.oldStart).map((line) => code('dim', style, ` ${ended(line)}`)),
    ...hunk.removed.map((line) => code('attend', style, `-${ended(line)}`)),
    ...hunk.added.map((line) => code('ok', style, `+${ended(line)}`)),
    ...old
      .slice(hunk.oldStart + hunk.removed.length, hunk.oldStart + hunk.removed.length + CONTEXT)
      .map((line) => code('dim', style, ` ${ended(line)}`)),
  ]);
  const shown = lines.slice(0, MOST_LINES).map((line) => `      ${line}`);
  return lines.length > MOST_LINES
    ? [...shown, `      ${style.paint('dim', `… ${plural(lines.length - MOST_LINES, 'more line')}`)}`]
    : shown;
};

/** Piece by piece, since a pair of backquotes would be taken for marks of our own text and left out. */
const code = (role: Role, style: Style, line: string): string =>
  line
    .split(/(?<=`)/)
    .map((piece) => style.paint(role, piece))
    .join('');

const ended = (line: string): string => line.replace(/\r?\n$/, '');
