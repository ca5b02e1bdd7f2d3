/** What one line of a requirements file asks for. @see https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
import type { Left } from '../dependencies/format.ts';
import { isArchive, shortName } from './address.ts';
import type { Annotation } from './annotation.ts';
import { readAnnotation } from './annotation.ts';
import type { Requirement } from './requirement.ts';
import { parseRequirement } from './requirement.ts';
import { logicalLines } from './requirement-lines.ts';

interface Placed {
  readonly line: number;
}
export type Item = Placed &
  (
    | {
        readonly kind: 'requirement';
        readonly requirement: Requirement;
        readonly hash: string | undefined;
        readonly via: Annotation | undefined;
      }
    | { readonly kind: 'include' | 'constraint'; readonly path: string }
    | { readonly kind: 'left'; readonly name: string; readonly origin: Left['origin'] }
  );

const OPTION = /^(-[A-Za-z]|--[a-z-]+)(?:[ \t=]+|$)?/;

const FILE_OPTIONS: Readonly<Record<string, 'include' | 'constraint'>> = {
  '-r': 'include',
  '--requirement': 'include',
  '-c': 'constraint',
  '--constraint': 'constraint',
};

/** They choose where and how packages are found; which ones, they do not say. */
const SETTINGS = new Set(
  [
    '-i',
    '--index-url',
    '--pypi-url',
    '--extra-index-url',
    '--no-index',
    '-f',
    '--find-links',
    '--pre',
    '--trusted-host',
    '--prefer-binary',
  ].concat(
    [
      '--require-hashes',
      '--no-binary',
      '--only-binary',
      '--use-feature',
      '--always-unzip',
      '-Z',
      '--process-dependency-links',
      '--uploaded-prior-to',
    ],
    ['--all-releases', '--only-final', '--no-build-isolation', '--no-deps'],
  ),
);

const unquoted = (text: string): string => (/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);

const VCS = /^(?:git|hg|svn|bzr)(?:\+|:\/\/)|^git@/;

const originOf = (address: string): Left['origin'] => {
  if (VCS.test(address)) return 'git';
  return address.includes('://') && !address.startsWith('file:') ? 'remote' : 'file';
};

/** `#egg=name` where it is given, else the last part of the address. */
const nameOfAddress = (address: string): string => /[#&]egg=([A-Za-z0-9._-]{1,100})/.exec(address)?.[1] ?? shortName(address);

/** An address or a path; names hold neither. A path may be as short as `.`. */
const isAddress = (text: string): boolean => {
  const first = text.split(/[ \t;]/, 1)[0] ?? '';
  return (
    /^[.~/\\]/.test(first) ||
    VCS.test(first) ||
    /^[A-Za-z][A-Za-z0-9+.-]{1,30}:\//.test(first) ||
    /^[^@[]*[/\\]/.test(first) ||
    isArchive(first)
  );
};

const addressItem = (text: string, line: number): Item => {
  const address = unquoted(text).split(/[ \t;]/, 1)[0] ?? '';
  return { kind: 'left', line, name: nameOfAddress(address), origin: originOf(address) };
};

/** `name @ address` in an editable line, else an address or a path. */
const editable = (text: string, line: number): Item => {
  const named = parseRequirement(text);
  return named?.url === undefined ? addressItem(text, line) : { kind: 'left', line, name: named.name, origin: originOf(named.url) };
};

const optionItems = (text: string, line: number): readonly Item[] => {
  const option = OPTION.exec(text);
  const name = option?.[1] ?? '';
  const value = unquoted(text.slice(option?.[0].length ?? 0).trim());
  const file = Object.hasOwn(FILE_OPTIONS, name) ? FILE_OPTIONS[name] : undefined;
  if (file !== undefined) return [{ kind: file, line, path: value }];
  if (name === '-e' || name === '--editable') return [editable(value, line)];
  return SETTINGS.has(name) ? [] : [{ kind: 'left', line, name: name === '' ? '-' : name, origin: 'unreadable' }];
};

/** Options of a requirement stand behind it: `foo==1 --hash=sha256:…`. */
const withoutOptions = (text: string): { readonly asked: string; readonly hash: string | undefined } => {
  const tokens = text.split(/[ \t]+/);
  const first = tokens.findIndex((token) => token.startsWith('-'));
  if (first < 0) return { asked: text, hash: undefined };
  const options = tokens.slice(first);
  const hash = options.find((option) => option.startsWith('--hash='))?.slice('--hash='.length);
  const apart = options.indexOf('--hash');
  return { asked: tokens.slice(0, first).join(' '), hash: hash ?? (apart < 0 ? undefined : options[apart + 1]) };
};

/** What stands before an `@` may be a password. */
const shownName = (asked: string): string => (asked.includes('@') ? '?' : (/^[A-Za-z0-9._-]{1,100}/.exec(asked)?.[0] ?? '?'));

const requirementItem = (text: string, line: number, comments: readonly string[]): Item => {
  const { asked, hash } = withoutOptions(text);
  const requirement = parseRequirement(unquoted(asked));
  if (requirement === undefined || (requirement.specifier === '' && requirement.url === undefined && isArchive(asked))) {
    if (isAddress(asked)) return addressItem(asked, line);
    return { kind: 'left', line, name: shownName(asked), origin: 'unreadable' };
  }
  if (requirement.url !== undefined) return { kind: 'left', line, name: requirement.name, origin: originOf(requirement.url) };
  return { kind: 'requirement', line, requirement, hash, via: readAnnotation(comments) };
};

/** Every line that asks for something gives an item; settings give none. Never throws. */
export const requirementItems = (text: string): readonly Item[] =>
  logicalLines(text.startsWith('\uFEFF') ? text.slice(1) : text).flatMap(({ text: joined, line, comments }) =>
    joined.startsWith('-') ? optionItems(joined, line) : [requirementItem(joined, line, comments)],
  );
