/** Takes secrets out of any string: messages of problems, logs, whatever leaves the program as free text. */
import { type Match, matchesIn } from './matches.ts';
import { redacted } from './redacted.ts';

/** A name that lets the general rule take values without quotes: free text quotes what it likes. */
const UNQUOTED_TOO = '.env';
/** Shorter ones are only hidden where they were recognised: everywhere else they may be words. */
const LEAST_TO_REPEAT = 8;
/** Characters compared at most while looking for repeats: a megabyte of nothing but secrets must not take minutes. */
const MOST_WORK = 200_000_000;

/** Every secret the rules know, examples and placeholders of specific formats included, becomes its redacted form; also where it is repeated. */
export const redact = (text: string): string => {
  const matches = matchesIn(UNQUOTED_TOO, text, 'hide');
  if (matches.length === 0) return text;
  return withoutRepeats(withoutMatches(text, matches), matches);
};

const withoutMatches = (text: string, matches: readonly Match[]): string => {
  let result = '';
  let end = 0;
  for (const match of matches) {
    if (match.end <= end) continue;
    // The tail of a match that began inside the one before is hidden with it.
    if (match.start >= end) result += text.slice(end, match.start) + redacted(match.rule, match.secret);
    end = match.end;
  }
  return result + text.slice(end);
};

const withoutRepeats = (text: string, matches: readonly Match[]): string => {
  const shownAs = new Map(matches.map(({ rule, secret }) => [secret, redacted(rule, secret)]));
  const longestFirst = [...shownAs].filter(([secret]) => secret.length >= LEAST_TO_REPEAT).toSorted(([a], [b]) => b.length - a.length);
  return longestFirst
    .slice(0, Math.ceil(MOST_WORK / text.length))
    .reduce((rest, [secret, form]) => rest.replaceAll(secret, () => form), text);
};
