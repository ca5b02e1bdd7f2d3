/** GitHub workflows and composite actions: the actions that build the project. @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
import type { Entry, Format, Left, Parsed } from '../dependencies/format.ts';
import type { ManifestError } from '../dependencies/manifest-error.ts';
import { readYamlText } from '../yaml/bounded.ts';
import type { Reference } from './reference.ts';
import { referenceOf } from './reference.ts';
import type { Use } from './uses.ts';
import { usesIn } from './uses.ts';
import { usesByLine } from './uses-by-line.ts';

type Release = Extract<Reference, { kind: 'release' }>;

const entryOf = ({ name, version, ref, commit }: Release, { region }: Use): Entry => ({
  place: `${name}@${ref}`,
  name,
  version,
  region,
  edges: [],
  scope: 'excluded',
  direct: true,
  ...(commit === undefined ? {} : { resolved: commit }),
});

const isAction = (uri: string): boolean => /(?:^|\/)action\.ya?ml$/.test(uri);

/** `runs` at the left margin: what every action has, and files of the same name of other tools lack. */
const MARK = /^(?:runs|"runs"|'runs') *:/m;

/** An action that is used in many steps is one entry, and one that is left is said once. */
const parsedOf = (uses: readonly Use[]): Parsed => {
  const entries = new Map<string, Entry>();
  const left = new Map<string, Left>();
  const direct = new Map<string, string>();
  for (const use of uses) {
    const reference = referenceOf(use.text, use.comment);
    if (reference.kind === 'local') continue;
    if (reference.kind === 'left') {
      const { kind: _, ...rest } = reference;
      if (!left.has(rest.name)) left.set(rest.name, { ...rest, line: use.region.startLine });
      continue;
    }
    const entry = entryOf(reference, use);
    const key = `${entry.place} ${entry.version}`;
    if (!entries.has(key)) entries.set(key, entry);
    if (!direct.has(entry.name)) direct.set(entry.name, reference.ref);
  }
  return { entries: [...entries.values()], roots: [], direct: Object.fromEntries(direct), left: [...left.values()] };
};

const byLine = (text: string, fault: ManifestError): readonly Use[] => {
  const uses = usesByLine(text);
  if (uses.length === 0) throw fault;
  return uses;
};

const read = (uri: string, text: string): Parsed | undefined => {
  if (isAction(uri) && !MARK.test(text)) return undefined;
  const source = readYamlText(text);
  if (source?.fault !== undefined) return parsedOf(byLine(text, source.fault));
  const uses = source === undefined ? undefined : usesIn(source, text);
  return uses === undefined ? undefined : parsedOf(uses);
};

const WORKFLOW = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;
/** Of other people, or a template of a file, which is no YAML yet. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor)\/|\{[{%]/;

/**
 * An exact tag (`v4.1.2`) or a commit with its release in a comment is an entry; the comment is taken at its word. Moving tags, branches
 * and bare commits are Left, because which release they mean is only known to GitHub. Actions and workflows of the own tree are local.
 * A file that is not strictly YAML is read by its lines. Container images of jobs and services are no packages. All are excluded: they build the project, and do not ship with it. Throws ManifestError.
 */
export const githubWorkflow: Format = {
  kind: 'github-workflow',
  ecosystem: 'GitHub Actions',
  versions: 'workflows and action.yml of GitHub Actions as of 2025',
  matches: (uri) => (WORKFLOW.test(uri) || isAction(uri)) && !FOREIGN.test(uri),
  maxBytes: 1 << 20,
  remake: 'Name the full release: uses: owner/repository@v1.2.3, or a commit with # v1.2.3 behind it',
  unresolvedIs: 'note',
  read,
};
