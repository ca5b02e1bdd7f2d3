/** The arguments of one instruction as the builder sees them: continued lines joined, comments dropped, here-documents kept. */

/** `raw` is the text after the keyword; `escapeCharacter` is `\` or, by directive, a backtick. Lines of a here-document keep their line breaks. */
export const joinLines = (raw: string, escapeCharacter: string): string => {
  const lines = raw.split(/\r?\n/);
  let joined = '';
  for (const [index, line] of lines.entries()) {
    if (index > 0 && isSkipped(line)) continue;
    const head = withoutContinuation(line, escapeCharacter);
    joined += head ?? line;
    if (head === undefined) return [joined, ...lines.slice(index + 1)].join('\n').trim();
  }
  return joined.trim();
};

/** Comments and empty lines inside a continued instruction are not part of it. */
const isSkipped = (line: string): boolean => {
  const text = line.trimStart();
  return text === '' || text.startsWith('#');
};

const withoutContinuation = (line: string, escapeCharacter: string): string | undefined => {
  const text = line.trimEnd();
  return text.endsWith(escapeCharacter) ? text.slice(0, -1) : undefined;
};
