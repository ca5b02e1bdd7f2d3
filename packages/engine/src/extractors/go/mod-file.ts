/** go.mod as data: what it requires, replaces and excludes. @see https://go.dev/ref/mod#go-mod-file */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Statement } from './lines.ts';
import { statementsOf } from './lines.ts';

export interface Require {
  readonly path: string;
  readonly version: string;
  /** `// indirect`: no package of the module is imported by the project itself. */
  readonly indirect: boolean;
  readonly region: Region;
}

export interface Replace {
  readonly path: string;
  /** Absent: every version. */
  readonly version?: string;
  readonly to: string;
  /** Absent: `to` is a folder. */
  readonly toVersion?: string;
}

export interface Stated {
  readonly text: string;
  readonly region: Region;
}

export interface ModFile {
  readonly module: Stated;
  readonly go?: Stated;
  readonly toolchain?: Stated;
  readonly requires: readonly Require[];
  readonly replaces: readonly Replace[];
  /** `path@version`. */
  readonly excludes: ReadonlySet<string>;
  /** Packages that `go tool` runs. */
  readonly tools: readonly string[];
}

/** `// indirect` or `// indirect; more`, as go itself reads it. */
const isIndirect = (comment: string): boolean => comment === 'indirect' || /^indirect;/.test(comment);

/** What go takes for a module path, and `+`, which it takes for the path of a package. */
const MODULE = /^[\w.~+/-]{1,1000}$/;

const requireOf = ({ words, region, comment }: Statement): Require => {
  const [path, version, ...rest] = words;
  if (!path || !version || rest.length > 0) throw new ManifestError('expected require with a module path and a version', region.startLine);
  if (!MODULE.test(path)) throw new ManifestError('expected a module path of letters, digits and -._~/', region.startLine);
  return { path, version, indirect: isIndirect(comment), region };
};

const replaceOf = ({ words, region }: Statement): Replace => {
  const arrow = words.indexOf('=>');
  const [path, version, ...more] = words.slice(0, Math.max(arrow, 0));
  const [to, toVersion, ...rest] = words.slice(arrow + 1);
  if (!path || !to || more.length + rest.length > 0)
    throw new ManifestError('expected replace with one module before => and one module or folder after it', region.startLine);
  return { path, ...(version === undefined ? {} : { version }), to, ...(toVersion === undefined ? {} : { toVersion }) };
};

const excludeOf = ({ words, region }: Statement): string => {
  const [path, version, ...rest] = words;
  if (!path || !version || rest.length > 0) throw new ManifestError('expected exclude with a module path and a version', region.startLine);
  return `${path}@${version}`;
};

/** The last one counts; a directive without its one word is not the format. */
const single = (statements: readonly Statement[], verb: string): Stated | undefined => {
  const found = statements.findLast((statement) => statement.verb === verb);
  if (found === undefined) return undefined;
  const [text, ...rest] = found.words;
  if (!text || rest.length > 0) throw new ManifestError(`expected one word after ${verb}`, found.region.startLine);
  return { text, region: found.region };
};

/** Directives that name no dependency (retract, godebug, ignore, and those of a later Go) are passed over. Throws ManifestError. */
export const parseModFile = (text: string): ModFile => {
  const statements = statementsOf(text);
  const of = (verb: string): readonly Statement[] => statements.filter((statement) => statement.verb === verb);
  const module = single(statements, 'module');
  if (module === undefined) throw new ManifestError('expected a module directive');
  const go = single(statements, 'go');
  const toolchain = single(statements, 'toolchain');
  return {
    module,
    ...(go === undefined ? {} : { go }),
    ...(toolchain === undefined ? {} : { toolchain }),
    requires: of('require').map(requireOf),
    replaces: of('replace').map(replaceOf),
    excludes: new Set(of('exclude').map(excludeOf)),
    tools: of('tool').flatMap(({ words }) => words.slice(0, 1)),
  };
};
