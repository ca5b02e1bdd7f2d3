/** Every Dockerfile and Containerfile of the target. */
import type { Dockerfile } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { parseDockerfile } from './parse.ts';

const NAMES = /(^|\/)((Docker|Container)file(\.[^/]+)?|[^/]+\.(docker|container)file)$/i;
const OTHER = /\.(dockerignore|containerignore|md)$/i;
/** A Dockerfile is written by hand; what is larger is not one, and is said to be unread. */
const MAX_BYTES = 256 * 1024;
const HINT = 'Correct the line, or exclude the file under controls.infrastructure.exclude with the reason.';

/** Sorted by uri. What is not understood becomes BW3020 with its line; the rest of the file is kept. */
export const readDockerfiles = async (reading: Reading): Promise<readonly Dockerfile[]> => {
  const found: Dockerfile[] = [];
  for (const { uri } of reading.files.filter((file) => isDockerfile(file.uri))) {
    const dockerfile = await readOne(reading, uri);
    if (dockerfile !== undefined) found.push(dockerfile);
  }
  if (found.length > 0) reading.looked(`${found.length} ${found.length === 1 ? 'Dockerfile' : 'Dockerfiles'}`);
  return found;
};

export const isDockerfile = (uri: string): boolean => NAMES.test(uri) && !OTHER.test(uri);

const readOne = async (reading: Reading, uri: string): Promise<Dockerfile | undefined> => {
  const problem = (message: string, line?: number): void =>
    reading.problem({ code: 'BW3020', uri, ...(line === undefined ? {} : { line }), message, hint: HINT, incomplete: true });
  try {
    const { dockerfile, mistakes } = parseDockerfile(uri, await reading.readText(uri, MAX_BYTES));
    const [first] = mistakes;
    const more = mistakes.length > 1 ? `, and ${mistakes.length - 1} more lines are not understood` : '';
    if (first !== undefined) problem(`${uri}:${first.line} ${first.message}${more}`, first.line);
    return { ...dockerfile, hasIgnoreFile: hasIgnoreFile(reading, uri) };
  } catch (cause) {
    if (reading.signal.aborted) throw cause;
    problem(`${uri} cannot be read as a Dockerfile: ${cause instanceof Error ? cause.message : 'unknown reason'}`);
    return undefined;
  }
};

/** The build context is named on the command line; the folder of the file and the root are where it is in practice. */
const hasIgnoreFile = (reading: Reading, uri: string): boolean => {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const places = [`${uri}.dockerignore`, `${folder}.dockerignore`, '.dockerignore', `${folder}.containerignore`, '.containerignore'];
  return reading.files.some((file) => places.includes(file.uri));
};
