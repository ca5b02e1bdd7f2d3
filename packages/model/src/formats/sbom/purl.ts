/** The parts of a package URL, as far as codecs of SBOMs need them. @see https://github.com/package-url/purl-spec */
import type { Purl } from '../../scalar.ts';

export interface PurlParts {
  readonly type: string;
  /** Decoded; '' when there is none. */
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

const decoded = (text: string): string => {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Where qualifiers or the subpath begin. */
const tailAt = (purl: string): number => {
  const at = purl.search(/[?#]/);
  return at < 0 ? purl.length : at;
};

/** The version's `@` stands behind the last `/`: `pkg:npm/@a/b@1` written without `%40` has one in its namespace. */
const versionAt = (core: string): number => {
  const at = core.lastIndexOf('@');
  return at > core.lastIndexOf('/') + 1 ? at : -1;
};

/** `undefined` when it is no package URL. Versions may hold an unencoded `/` in some tools' documents: that is taken for a name. */
export const purlParts = (text: string): PurlParts | undefined => {
  const core = text.slice(0, tailAt(text)).replace(/^pkg:\/{0,2}/, '');
  const slash = core.indexOf('/');
  if (!text.startsWith('pkg:') || slash <= 0) return undefined;
  const at = versionAt(core);
  const path = core.slice(slash + 1, at < 0 ? core.length : at);
  const cut = path.lastIndexOf('/');
  const name = decoded(path.slice(cut + 1));
  if (name === '') return undefined;
  const version = at < 0 ? '' : decoded(core.slice(at + 1));
  return {
    type: core.slice(0, slash).toLowerCase(),
    namespace: cut < 0 ? '' : path.slice(0, cut).split('/').map(decoded).join('/'),
    name,
    ...(version === '' ? {} : { version }),
  };
};

export const isPurl = (text: string): text is Purl => purlParts(text) !== undefined;

/** The same package of whatever version, without qualifiers and subpath. */
export const anyVersion = (purl: string): string => {
  const core = purl.slice(0, tailAt(purl));
  const at = versionAt(core);
  return at < 0 ? core : core.slice(0, at);
};

/** With the version put in where the purl has none. */
export const withVersion = (purl: Purl, version: string): Purl => {
  const end = tailAt(purl);
  const core = purl.slice(0, end);
  if (versionAt(core) >= 0) return purl;
  return `${core}@${encodeURIComponent(version.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')).replaceAll('%3A', ':')}${purl.slice(end)}` as Purl; // begins as `purl` does
};

/** How an ecosystem's advisories join what a purl keeps apart: `org.slf4j:slf4j-api`, `@scope/name`. */
export const joinedName = (type: string | undefined, namespace: string | undefined, name: string): string =>
  namespace === undefined || namespace === '' ? name : `${namespace}${type === 'maven' ? ':' : '/'}${name}`;
