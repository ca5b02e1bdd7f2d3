/** Projects of other ecosystems that ask for packages and pin none: what an install would take is not known. */

import { BreakwaterError } from '@breakwater/model';
import type { Reading, ReadProblem } from '../reading.ts';
import { folderOf, nameOf, upward } from '../tree/folders.ts';

interface Unpinned {
  readonly manifest: RegExp;
  /** Of text that asks for packages at all. */
  readonly asks: RegExp;
  /** Files that pin them, beside the manifest or in a folder above. */
  readonly pins: RegExp;
  readonly remake: string;
}

const KINDS: readonly Unpinned[] = [
  {
    manifest: /^Cargo\.toml$/,
    asks: /^\[(?:[\w'"().=, -]+\.)?(?:build-)?dependencies[\].]/m,
    pins: /^Cargo\.lock$/,
    remake: 'cargo generate-lockfile',
  },
  {
    manifest: /^pyproject\.toml$/,
    asks: /^\s*dependencies\s*=\s*\[\s*["']|^\[tool\.poetry\.dependencies\]/m,
    pins: /^(poetry|uv|pdm)\.lock$|^pylock.*\.toml$|requirements.*\.txt$/i,
    remake: 'uv lock, poetry lock or pdm lock',
  },
  { manifest: /^Pipfile$/, asks: /^\[packages\]\s*\n\s*[\w"'-]/m, pins: /^Pipfile\.lock$/, remake: 'pipenv lock' },
  { manifest: /^(Gemfile|gems\.rb)$/, asks: /^\s*gem[ (]/m, pins: /^(Gemfile\.lock|gems\.locked)$/, remake: 'bundle lock' },
  {
    manifest: /^composer\.json$/,
    asks: /"require"\s*:\s*\{[^}]{0,20000}"[\w.-]+\/[\w.-]+"/,
    pins: /^composer\.lock$/,
    remake: 'composer update --no-install',
  },
  { manifest: /^pubspec\.yaml$/, asks: /^dependencies:\s*\n\s+\w/m, pins: /^pubspec\.lock$/, remake: 'dart pub get' },
  { manifest: /^mix\.exs$/, asks: /\{:\w+,/, pins: /^mix\.lock$/, remake: 'mix deps.get' },
  {
    manifest: /\.(cs|fs|vb)proj$/,
    asks: /<PackageReference\s/,
    pins: /^packages\.lock\.json$|\.deps\.json$/,
    remake: 'dotnet restore --use-lock-file',
  },
];

/** Whether a file of this name may ask for packages. */
export const isUnpinnedManifest = (uri: string): boolean => !FOREIGN.test(uri) && KINDS.some(({ manifest }) => manifest.test(nameOf(uri)));

const MANIFEST_BYTES = 4 << 20;
/** Other people's packages carry their own manifests. */
const FOREIGN = /(^|\/)(vendor|site-packages|dist-packages|node_modules|\.venv|venv|target)\//;

const isPinned = (folder: string, folders: ReadonlySet<string>): boolean => upward(folder).some((above) => folders.has(above));

const problemOf = (uri: string, remake: string): ReadProblem => ({
  code: 'BW3011',
  uri,
  message: `${nameOf(uri)} asks for packages but no lockfile pins them: versions are not known`,
  hint: remake,
  incomplete: true,
});

const reportKind = async (reading: Reading, { manifest, asks, pins, remake }: Unpinned): Promise<void> => {
  const uris = reading.files.map(({ uri }) => uri).filter((uri) => !FOREIGN.test(uri));
  const wanting = uris.filter((uri) => manifest.test(nameOf(uri)));
  if (wanting.length === 0) return;
  const folders = new Set(uris.filter((uri) => pins.test(nameOf(uri))).map(folderOf));
  for (const uri of wanting.filter((one) => !isPinned(folderOf(one), folders))) {
    reading.signal.throwIfAborted();
    try {
      if (asks.test(await reading.readText(uri, MANIFEST_BYTES))) reading.problem(problemOf(uri, remake));
    } catch (error) {
      if (!(error instanceof BreakwaterError)) throw error;
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    }
  }
};

/** Problem BW3011 for each manifest that asks for packages while no lockfile beside or above it pins them. */
export const reportUnpinned = async (reading: Reading): Promise<void> => {
  for (const kind of KINDS) await reportKind(reading, kind);
};
