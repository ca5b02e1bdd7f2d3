/** The place of the vulnerable code in the package as it was published, and the function around it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionsOf, WRAPPER } from '../../packages/engine/src/javascript/functions/functions.ts';
import { namesOf } from '../../packages/engine/src/javascript/syntax/scope.ts';
import { parseModule } from '../../packages/engine/src/javascript/syntax/syntax.ts';
import { asCounted, offsetOf } from './coverage.ts';
import type { Fact } from './facts.ts';

/** `why` is one clause. */
export type Sink =
  | {
      readonly ok: true;
      /** Relative to the application: `node_modules/a/index.js`. */
      readonly file: string;
      /** The fact names this very path; false = it was found by the end of its path. */
      readonly exact: boolean;
      readonly offset: number;
      /** Qualified; absent = no function with a name is around it, it runs when the module loads. */
      readonly fn?: string;
    }
  | { readonly ok: false; readonly why: string };

const CODE = /\.[cm]?[jt]sx?$/;

const codeFiles = (folder: string, within = ''): readonly string[] =>
  readdirSync(join(folder, within), { withFileTypes: true }).flatMap((item) => {
    const path = within === '' ? item.name : `${within}/${item.name}`;
    if (item.isDirectory()) return item.name === 'node_modules' ? [] : codeFiles(folder, path);
    return item.isFile() && CODE.test(item.name) && !item.name.endsWith('.d.ts') ? [path] : [];
  });

/** Paths that share the longest end with `wanted`, at least its name. */
export const sameEnd = (wanted: string, paths: readonly string[]): readonly string[] => {
  const parts = wanted.split('/');
  for (let from = 0; from < parts.length; from += 1) {
    const end = parts.slice(from).join('/');
    const found = paths.filter((path) => path === end || path.endsWith(`/${end}`));
    if (found.length > 0) return found;
  }
  return [];
};

/** Where several files have this end, those that the program loaded are asked first. */
export const locateSink = (app: string, fact: Fact, loaded: (file: string) => boolean): Sink => {
  const base = `node_modules/${fact.package}`;
  const folder = join(app, base);
  const exact = existsSync(join(folder, fact.sinkFile));
  const found = exact ? [fact.sinkFile] : sameEnd(fact.sinkFile, codeFiles(folder));
  const path = found.find((one) => loaded(`${base}/${one}`)) ?? [...found].sort((a, b) => a.length - b.length)[0];
  if (path === undefined) return { ok: false, why: `the published package has no ${fact.sinkFile}` };
  const text = asCounted(readFileSync(join(folder, path), 'utf8'));
  const offset = offsetOf(text, fact.sinkLine, fact.sinkColumn ?? 1);
  if (offset === undefined) return { ok: false, why: `${path} has no line ${fact.sinkLine}` };
  const fn = functionAround(text, path, offset);
  return { ok: true, file: `${base}/${path}`, exact, offset, ...(fn === undefined ? {} : { fn }) };
};

/** A function that runs at once when the module loads is not one that an advisory would name. */
const functionAround = (text: string, path: string, offset: number): string | undefined => {
  const parsed = parseModule(text, path);
  if (!parsed.ok) return undefined;
  const around = functionsOf(namesOf(parsed.program)).filter(({ node }) => node.start <= offset && offset < node.end);
  const name = around.at(-1)?.name;
  return name === undefined || name.split('~')[0] === WRAPPER ? undefined : name;
};
