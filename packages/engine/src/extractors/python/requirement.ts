/** A requirement as PEP 508 writes it: `name[extra] >=1,<2 ; marker` or `name @ url ; marker`. */

export interface Requirement {
  /** As written. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Without parentheses; empty = any version. */
  readonly specifier: string;
  readonly url?: string;
  readonly marker?: string;
}

const NAME = /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?![A-Za-z0-9._-])/y;
const EXTRA = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** One comparison; `===` takes any text, legacy versions included. */
const CLAUSE = /^(?:===|==|~=|!=|<=|>=|<|>)[ \t]*[A-Za-z0-9*][A-Za-z0-9.*+!_-]*$/;
/** With a scheme, or a path; `user@host` is neither, and may be a password. */
const ADDRESS = /^(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:|[./~$\\])/;
const LONGEST = 10_000;

const split = (text: string, separator: string): readonly [string, string | undefined] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
};

/** `[a, b] rest` → both; `undefined` when a bracket stays open or holds no names. */
const readExtras = (text: string): { readonly extras: readonly string[]; readonly rest: string } | undefined => {
  if (!text.startsWith('[')) return { extras: [], rest: text };
  const [inside, rest] = split(text.slice(1), ']');
  const extras = inside.split(',').map((extra) => extra.trim());
  if (rest === undefined || (inside.trim() !== '' && !extras.every((extra) => EXTRA.test(extra)))) return undefined;
  return { extras: inside.trim() === '' ? [] : extras, rest: rest.trim() };
};

/** A trailing comma is allowed, as pip allows it. */
const readSpecifier = (text: string): string | undefined => {
  const bare = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
  const clauses = bare.split(',').map((clause) => clause.trim());
  if (clauses.length > 1 && clauses.at(-1) === '') clauses.pop();
  if (clauses.length === 1 && clauses[0] === '') return '';
  return clauses.every((clause) => CLAUSE.test(clause)) ? clauses.join(',') : undefined;
};

const withMarker = (marker: string | undefined): { readonly marker?: string } =>
  marker === undefined || marker.trim() === '' ? {} : { marker: marker.trim() };

/** `undefined` for what is no requirement. Linear in the text; never throws. */
export const parseRequirement = (written: string): Requirement | undefined => {
  const text = written.trim();
  NAME.lastIndex = 0;
  const name = text.length > LONGEST ? undefined : NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const read = readExtras(text.slice(name.length).trim());
  if (read === undefined) return undefined;
  const { extras, rest } = read;
  if (rest.startsWith('@')) {
    const [url, marker] = split(rest.slice(1).trim(), ' ;');
    return !ADDRESS.test(url) ? undefined : { name, extras, specifier: '', url: url.trim(), ...withMarker(marker) };
  }
  const [comparison, marker] = split(rest, ';');
  const specifier = readSpecifier(comparison.trim());
  return specifier === undefined ? undefined : { name, extras, specifier, ...withMarker(marker) };
};
