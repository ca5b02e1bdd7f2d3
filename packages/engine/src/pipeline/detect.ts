/** What a target holds, and so which controls have something to look at. */
import type { StagedId } from '@breakwater/model';
import { isDependencyFile, isPossibleProgram } from '../extractors/dependencies/catalogue.ts';
import type { FoundFile } from '../extractors/reading.ts';

interface Kind {
  readonly name: string;
  readonly matches: Pick<RegExp, 'test'>;
}

const LOCKFILE = { test: isDependencyFile };

/** Needs more than a name: a program of Go or Rust is a bill of what it was built from. */
const BY_FILE: Readonly<Record<string, (file: FoundFile) => boolean>> = { 'build/dependencies': isPossibleProgram };
const INFRASTRUCTURE = /(^|\/)((Dockerfile|Containerfile)(\.[^/]+)?|[^/]+\.dockerfile)$|\.tf(\.json|vars)?$/i;
const CODE =
  /\.(c|cc|cpp|cs|cts|cjs|dart|ex|go|h|java|js|jsx|kt|lua|mjs|mts|php|pl|ps1|py|rb|rs|scala|sh|sql|swift|ts|tsx|vue|svelte|yml|yaml)$/i;

const KINDS: readonly Kind[] = [
  { name: 'lockfile', matches: LOCKFILE },
  { name: 'infrastructure', matches: INFRASTRUCTURE },
  { name: 'code', matches: CODE },
];

/** What each control needs to find, and the words for its absence. Controls that are not listed always run. */
const NEEDED: Readonly<Record<string, { readonly matches: Pick<RegExp, 'test'>; readonly absent: string }>> = {
  'build/dependencies': { matches: LOCKFILE, absent: 'no lockfile or manifest' },
  'deploy/infrastructure': { matches: INFRASTRUCTURE, absent: 'no Dockerfile or Terraform' },
};

export const missingFor = (control: StagedId, files: readonly FoundFile[]): string | undefined => {
  const needed = NEEDED[control];
  if (needed === undefined || files.some((file) => needed.matches.test(file.uri) || BY_FILE[control]?.(file) === true)) return undefined;
  return needed.absent;
};

/** Code, a lockfile or infrastructure; documents alone are nothing to scan. */
export const hasSomethingToScan = (files: readonly FoundFile[]): boolean =>
  files.some((file) => KINDS.some((kind) => kind.matches.test(file.uri)));
