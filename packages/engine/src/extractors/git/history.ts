/** Who brought a line, by `git blame`: a process for each file, answers kept for the run. */
import { timestamp } from '@breakwater/model';
import { git } from '../../lib/io/git.ts';
import type { History } from '../facts.ts';
import type { Reading } from '../reading.ts';

type Origin = NonNullable<Awaited<ReturnType<History['blame']>>>;

/** Lines of a file that are asked for are collected for one turn of the event loop, so that a lockfile is blamed once. */
export const openHistory = (reading: Reading): History => {
  const files = new Map<string, Promise<ReadonlyMap<number, Origin>>>();
  return {
    blame: async (uri, line) => {
      const known = files.get(uri) ?? blameFile(reading, uri);
      files.set(uri, known);
      return (await known).get(line);
    },
  };
};

/** `--` ends options: a file named `--output=x` is a path. Changes not yet committed have no origin. */
const blameFile = async (reading: Reading, uri: string): Promise<ReadonlyMap<number, Origin>> => {
  const answer = await git(reading.root, ['blame', '--line-porcelain', '-w', '--', uri], reading.signal);
  return answer.ok ? parsePorcelain(answer.stdout) : new Map();
};

const HEADER = /^([0-9a-f]{40}) \d+ (\d+)/;

export const parsePorcelain = (text: string): ReadonlyMap<number, Origin> => {
  const origins = new Map<number, Origin>();
  let line = 0;
  let commit = '';
  let author = '';
  for (const row of text.split('\n')) {
    const header = HEADER.exec(row);
    if (header) [commit, line] = [header[1] ?? '', Number(header[2])];
    else if (row.startsWith('author ')) author = row.slice('author '.length);
    else if (row.startsWith('author-time ')) {
      const at = new Date(Number(row.slice('author-time '.length)) * 1000).toISOString();
      if (!/^0+$/.test(commit)) origins.set(line, { commit, author, at: timestamp(at) });
    }
  }
  return origins;
};
