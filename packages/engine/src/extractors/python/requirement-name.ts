/** Which files are lists of requirements, and whether they are for development, by their names alone. */

const SEGMENT = /[-_.\s]+/;
const folderAndName = (uri: string): readonly [string, string] => {
  const parts = uri.split('/');
  return [parts.at(-2) ?? '', parts.at(-1) ?? ''];
};

const LISTS = new Set(['requirements', 'requirement', 'reqs']);
const CONSTRAINTS = new Set(['constraints', 'constraint']);

const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .replace(/\.txt$/, '')
    .split(SEGMENT);

/** `requirements.txt`, `dev-requirements.txt`, `requirements_test.txt`, `requirements/base.txt`; never a file of constraints. */
export const isRequirementsFile = (uri: string): boolean => {
  const [folder, name] = folderAndName(uri);
  if (!/\.txt$/i.test(name)) return false;
  const words = wordsOf(name);
  if (words.some((word) => CONSTRAINTS.has(word))) return false;
  return words.some((word) => LISTS.has(word)) || wordsOf(folder).some((word) => LISTS.has(word));
};

/** Only then is a text that is no list of requirements a broken one, and not somebody's prose. */
export const isCertainly = (uri: string): boolean => folderAndName(uri)[1].toLowerCase() === 'requirements.txt';

const DEVELOPMENT = new Set(
  ['dev', 'devel', 'develop', 'development', 'test', 'tests', 'testing', 'ci', 'doc', 'docs', 'documentation', 'lint', 'linting'].concat(
    ['linters', 'typing', 'types', 'mypy', 'qa', 'local', 'bench', 'benchmark', 'benchmarks', 'coverage', 'tox', 'nox', 'pytest', 'style'],
    ['format', 'formatting', 'precommit', 'examples'],
  ),
);
const SHIPPED = new Set(['prod', 'production']);

/** `requirements-dev.txt`, `requirements/tests.txt`, `docs/requirements.txt`. */
export const isForDevelopment = (uri: string): boolean => {
  const words = folderAndName(uri).flatMap(wordsOf);
  return words.some((word) => DEVELOPMENT.has(word)) && !words.some((word) => SHIPPED.has(word));
};
