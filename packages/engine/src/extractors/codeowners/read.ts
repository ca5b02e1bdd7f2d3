/** CODEOWNERS, where GitHub and GitLab look for it: the first file found counts. */
import type { CodeOwners } from '../facts.ts';
import type { Reading } from '../reading.ts';

/** GitHub's order: .github/, the root, docs/; GitLab's .gitlab/ last. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

export const readCodeOwners = async (reading: Reading): Promise<CodeOwners | undefined> => {
  const uri = PLACES.find((place) => reading.files.some((file) => file.uri === place));
  return uri === undefined ? undefined : { uri, rules: parseCodeOwners(await reading.readText(uri, 3 * 1024 * 1024)) };
};

/** Sections (`[name]`) of GitLab are headings without an effect on who owns what. */
export const parseCodeOwners = (text: string): CodeOwners['rules'] =>
  text.split(/\r?\n/).flatMap((line, index) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    return pattern && !pattern.startsWith('[') && !pattern.startsWith('^[') ? [{ pattern, owners, line: index + 1 }] : [];
  });
