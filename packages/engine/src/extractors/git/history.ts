/** Who brought a line, by `git blame` of the commit: a process for each file, answers kept for the run. */
import { timestamp } from '@breakwater/model';
import { git } from '../../lib/io/git.ts';
import type { History } from '../facts.ts';
import type { Reading } from '../reading.ts';

type Origin = NonNullable<Awaited<ReturnType<History['blame']>>>;

export interface BlamedLine {
  readonly origin: Origin;
  /** As it stands in the commit. */
  readonly text: string;
}

/** A line of the work tree has the origin of the committed line with its number, and only while both say the same. */
export const openHistory = (reading: Reading): History => {
  const files = new Map<string, Promise<ReadonlyMap<number, Origin>>>();
  return {
    blame: async (uri, line) => {
      const known = files.get(uri) ?? originsOf(reading, uri);
      files.set(uri, known);
      return (await known).get(line);
    },
  };
};

/**
 * HEAD and --no-textconv, because blame of a work-tree file starts the `clean` filter and the `textconv` that the repository's own
 * configuration and attributes name. `--` ends options: a file named `--output=x` is a path.
 */
const originsOf = async (reading: Reading, uri: string): Promise<ReadonlyMap<number, Origin>> => {
  const answer = await git(reading.root, ['blame', '--line-porcelain', '--no-textconv', '-w', 'HEAD', '--', uri], reading.signal);
  if (!answer.ok) return new Map();
  const lines = (await reading.readText(uri)).split(/\r?\n/);
  const same = [...parsePorcelain(answer.stdout)].filter(([line, { text }]) => lines[line - 1] === text.replace(/\r$/, ''));
  return new Map(same.map(([line, { origin }]) => [line, origin]));
};

const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+)/;

/** The text of a line follows a tab, so that it cannot pose as a header. */
export const parsePorcelain = (output: string): ReadonlyMap<number, BlamedLine> => {
  const blamed = new Map<number, BlamedLine>();
  let line = 0;
  let commit = '';
  let author = '';
  let at = '';
  for (const row of output.split('\n')) {
    const header = HEADER.exec(row);
    if (row.startsWith('\t')) blamed.set(line, { origin: { commit, author, at: timestamp(at) }, text: row.slice(1) });
    else if (header) [commit, line] = [header[1] ?? '', Number(header[2])];
    else if (row.startsWith('author ')) author = row.slice('author '.length);
    else if (row.startsWith('author-time ')) at = new Date(Number(row.slice('author-time '.length)) * 1000).toISOString();
  }
  return blamed;
};
