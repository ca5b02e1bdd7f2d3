/** Build scripts (build.gradle, build.gradle.kts and those they apply) → the coordinates that its `dependencies` blocks name in plain words; the script is not run. */
import type { Entry, Format, Left, Near, Parsed } from '../dependencies/format.ts';
import type { Constants } from './constants.ts';
import { constantsAround, filled } from './constants.ts';
import { coordinatesOf, openness } from './coordinates.ts';
import { lockedIn } from './locked.ts';
import { scopeOf } from './scopes.ts';
import type { Use } from './script.ts';
import { usesIn } from './script.ts';

/** The script of a project, and any that it may apply; settings name plugins and projects. */
const PROJECT = /(?:^|\/)build\.gradle(?:\.kts)?$/;
const SCRIPT = /(?:^|\/)(?!settings\.|init\.)[^/]+\.gradle(?:\.kts)?$/;

type Outcome = { readonly entry: Entry } | { readonly left: Left };

const outcomeOf = ({ configuration, line, text }: Use, constants: Constants): Outcome | undefined => {
  const written = filled(text, constants);
  const { name, version } = coordinatesOf(written) ?? {};
  if (name === undefined)
    return written.includes('$') ? { left: { name: text, line, origin: 'unresolved', why: 'it is computed by the script' } } : undefined;
  if (version === undefined)
    return { left: { name, line, origin: 'unresolved', why: 'it states no version; a platform or a plugin gives it' } };
  const why = version.includes('$') ? `${version} is computed by the script` : openness(version.replace(/!!$/, ''));
  if (why !== undefined) return { left: { name, line, origin: 'unresolved', why } };
  const exact = version.replace(/!!$/, '');
  const place = `${configuration} ${name}:${exact}`;
  return { entry: { place, name, version: exact, region: { startLine: line }, edges: [], scope: scopeOf([configuration]), direct: true } };
};

/** A lockfile beside a project's own script covers it; a script that projects apply is covered by theirs, name by name. */
const uncovered = async (uri: string, near: Near, uses: readonly Use[]): Promise<readonly Use[]> => {
  if (near.foldersWith('gradle.lockfile').includes('')) return [];
  if (PROJECT.test(uri)) return uses;
  const { names } = await lockedIn(uri, near);
  return uses.filter(({ kind, text }) => kind === 'accessor' || !names.has(coordinatesOf(text)?.name ?? ''));
};

/** What another file says: projects of the same build, and libraries of a catalogue. */
const isElsewhere = (near: Near) => {
  const catalogues = (near.foldersAround?.('libs.versions.toml') ?? []).length > 0;
  return ({ kind, text, platform }: Use): boolean =>
    platform || (kind === 'accessor' && (text.startsWith('projects.') || (catalogues && text.startsWith('libs.'))));
};

const read = async (uri: string, text: string, near: Near): Promise<Parsed | undefined> => {
  const uses = (await uncovered(uri, near, usesIn(text))).filter((use) => !isElsewhere(near)(use));
  const [first] = uses;
  if (first === undefined) return undefined;
  const constants = await constantsAround(text, near);
  const outcomes = uses.flatMap((use) => (use.kind === 'coordinates' ? (outcomeOf(use, constants) ?? []) : []));
  const entries = outcomes.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const left = outcomes.flatMap((one) => ('left' in one ? [one.left] : []));
  const why = 'a build script names direct dependencies only, and may compute others';
  return {
    entries,
    roots: [],
    direct: Object.fromEntries(entries.map(({ name, version }) => [name, version])),
    left: [...left, { name: 'transitive dependencies', line: first.line, origin: 'unresolved', why }],
  };
};

/**
 * Only where no gradle.lockfile covers it. Versions may be texts that the build sets once (`def v = '1.2'`, gradle.properties).
 * Accessors (`libs.x`) are left to the catalogue; a script that names nothing else is not ours. Never throws: what is no plain word is not seen, which is said of each script.
 */
export const gradleBuild: Format = {
  kind: 'gradle-build',
  ecosystem: 'Maven',
  versions: 'Groovy and Kotlin scripts, without running them',
  matches: (uri) => SCRIPT.test(uri),
  maxBytes: 4 << 20,
  remake:
    'For every dependency with its version: lock all configurations (dependencyLocking { lockAllConfigurations() }), then gradle dependencies --write-locks',
  read,
};
