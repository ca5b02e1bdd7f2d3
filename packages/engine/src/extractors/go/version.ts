/** Versions of modules and of Go itself. @see https://go.dev/ref/mod#versions @see https://go.dev/doc/toolchain#version */
import semver from 'semver';
import { byText } from '../../lib/order.ts';

/** What a build can use; a branch or `latest` is only a question that go answers before it builds. Linear. */
const CANONICAL = /^v\d{1,16}\.\d{1,16}\.\d{1,16}(?:-[0-9A-Za-z.-]{1,200})?(?:\+[0-9A-Za-z.-]{1,200})?$/;

export const isModuleVersion = (text: string): boolean => CANONICAL.test(text);

/** By precedence, so that pseudo-versions sort by their time; what SemVer cannot order sorts as text, before everything else. */
export const compareModuleVersions = (a: string, b: string): number => {
  const x = semver.parse(a, { loose: true });
  const y = semver.parse(b, { loose: true });
  if (x !== null && y !== null) return semver.compare(x, y) || byText(a, b);
  return x === null && y === null ? byText(a, b) : x === null ? -1 : 1;
};

/** `go1.21.3`, `1.22rc2`, `go1.21.3 X:loopvar`, `go1.22.1-custom`, `go1.20.4 (vendor 1.20.4-1)`; the rest after a blank, - or + does not count. */
const RELEASE = /^(?:go)?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:(rc|beta|alpha)(\d{1,4}))?(?=$|[ \t+-])/;

export interface GoRelease {
  /** SemVer, as the advisories of package `stdlib` order them: `1.21.3`, `1.22.0-rc.2`. */
  readonly version: string;
  /** Says one release: `1.21.3` or `1.22rc2`, not only the language version `1.21`. */
  readonly exact: boolean;
}

/** `undefined` for what names no release: `devel +abc`, `default`. */
export const goReleaseOf = (text: string): GoRelease | undefined => {
  const [, major, minor, patch, kind, number] = RELEASE.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const pre = kind === undefined ? '' : `-${kind}.${Number(number)}`;
  return {
    version: `${Number(major)}.${Number(minor)}.${Number(patch ?? 0)}${pre}`,
    exact: patch !== undefined || kind !== undefined,
  };
};

/** Does this go directive mean that go.mod lists every module a build needs (lazy loading, go 1.17)? No directive means 1.16. */
export const listsAllModules = (go: string | undefined): boolean => {
  const [major = 1, minor = 16] = (/^(\d{1,4})\.(\d{1,4})/.exec(go ?? '1.16') ?? []).slice(1).map(Number);
  return major > 1 || minor >= 17;
};
