/** `uses:` by its lines alone, for files that GitHub reads and a strict reader of YAML does not: rather one too many than one too few. */
import type { Use } from './uses.ts';
import { commentBehind } from './uses.ts';

const USES = /(?:^|[\s{,-])["']?uses["']? *: *["']?([^\s"',}#]+)["']?/g;

/** In any place of the text, in scripts too. */
export const usesByLine = (text: string): readonly Use[] => {
  let offset = 0;
  return text.split('\n').flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    return [...line.matchAll(USES)].map((match) => ({
      text: match[1] ?? '',
      region: { startLine: index + 1, startColumn: line.indexOf('uses', match.index) + 1 },
      comment: commentBehind(text, start + match.index + match[0].length),
    }));
  });
};
