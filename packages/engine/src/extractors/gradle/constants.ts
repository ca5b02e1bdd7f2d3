/** Names that a build sets to a plain text, once: enough for `"group:artifact:$version"`, and nothing is computed. */
import type { Near } from '../dependencies/format.ts';
import { withoutComments } from './script-text.ts';

/** The ways to set a name to a text: `def v = '1'`, `ext.v = '1'`, `set("v", "1")`, `extra["v"] = "1"`, `val v by extra("1")`. */
const SET: readonly RegExp[] = [
  /(?<![\w$])([A-Za-z_]\w{0,100})(?:[ \t]{0,8}:[ \t]{0,8}String)?[ \t]{0,8}=[ \t]{0,8}["']([\w.+-]{1,100})["']/g,
  /\bset\([ \t]{0,8}["']([A-Za-z_]\w{0,100})["'][ \t]{0,8},[ \t]{0,8}["']([\w.+-]{1,100})["']/g,
  /\b(?:ext|extra)\[["']([A-Za-z_]\w{0,100})["']\][ \t]{0,8}=[ \t]{0,8}["']([\w.+-]{1,100})["']/g,
  /\bval[ \t]{1,8}([A-Za-z_]\w{0,100})[ \t]{1,8}by[ \t]{1,8}extra\([ \t]{0,8}["']([\w.+-]{1,100})["']/g,
];
/** Any assignment, of a text or not. */
const ANY = /(?<![\w$])([A-Za-z_]\w{0,100})(?:[ \t]{0,8}:[ \t]{0,8}String)?[ \t]{0,8}[+-]?=(?![=~])/g;

export type Constants = ReadonlyMap<string, string>;

/** What is set twice, or once to something else, is not a constant. */
const constantsIn = (script: string): Constants => {
  const clean = withoutComments(script);
  const values = new Map<string, string[]>();
  for (const pattern of SET) {
    for (const [, name = '', value = ''] of clean.matchAll(pattern)) values.set(name, [...(values.get(name) ?? []), value].slice(0, 3));
  }
  const assigned = new Map<string, number>();
  for (const [, name = ''] of clean.matchAll(ANY)) assigned.set(name, (assigned.get(name) ?? 0) + 1);
  return new Map(
    [...values].flatMap(([name, [value = '', ...more]]) => (more.length > 0 || (assigned.get(name) ?? 0) > 1 ? [] : [[name, value]])),
  );
};

const propertiesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const cut = line.search(/[=:]/);
      return cut < 0 || /^\s*[#!]/.test(line) ? [] : [[line.slice(0, cut).trim(), line.slice(cut + 1).trim()]];
    }),
  );

/** Builds nest their projects in few folders. */
const LEVELS = 8;

/** Of the script itself, then of the folders above it: properties before scripts, the nearer before the farther. */
export const constantsAround = async (script: string, near: Near): Promise<Constants> => {
  const constants = new Map<string, string>();
  const add = (found: Constants): void => {
    for (const [name, value] of found) if (!constants.has(name)) constants.set(name, value);
  };
  add(constantsIn(script));
  for (let level = 0; level < LEVELS; level += 1) {
    const up = '../'.repeat(level);
    add(propertiesIn((await near.text(`${up}gradle.properties`)) ?? ''));
    if (level === 0) continue;
    for (const name of ['build.gradle', 'build.gradle.kts']) add(constantsIn((await near.text(`${up}${name}`)) ?? ''));
  }
  return constants;
};

/** `$name`, `${name}`, `${rootProject.ext.name}`, `${project.name}`; what is no constant stays. */
export const filled = (text: string, constants: Constants): string =>
  text.replace(/\$\{(?:(?:rootProject|project|ext|extra)\.){0,3}(\w{1,100})\}|\$(\w{1,100})/g, (whole, long?: string, short?: string) => {
    return constants.get(long ?? short ?? '') ?? whole;
  });
