/** package.json: what a project declares, its workspaces, and the versions it forces on everybody. */
import type { Declared } from './entry.ts';
import { Declarations, readTexts } from './entry.ts';
import { JsonCursor } from './json-cursor.ts';

export interface PackageJson {
  readonly name: string | undefined;
  /** Without peers: those are somebody else's to bring. */
  readonly declares: ReadonlyMap<string, Declared>;
  readonly workspaces: readonly string[];
  readonly resolutions: ReadonlyMap<string, string>;
  /** `pnpm@9.1.0`; '' where it is not said. */
  readonly packageManager: string;
}

const textsIn = (cursor: JsonCursor): readonly string[] => {
  const texts: string[] = [];
  cursor.items(() => {
    const text = cursor.text();
    if (text !== undefined) texts.push(text);
  });
  return texts;
};

/** A list, or an object with `packages`. */
const readWorkspaces = (cursor: JsonCursor): readonly string[] => {
  if (cursor.next === '[') return textsIn(cursor);
  let texts: readonly string[] = [];
  if (cursor.next === '{') {
    cursor.object((key) => {
      if (key === 'packages' && cursor.next === '[') texts = textsIn(cursor);
    });
  }
  return texts;
};

/** Throws JsonError. */
export const parsePackageJson = (text: string): PackageJson => {
  const cursor = new JsonCursor(text);
  const declarations = new Declarations();
  let name: string | undefined;
  let workspaces: readonly string[] = [];
  let resolutions: ReadonlyMap<string, string> = new Map();
  let packageManager = '';
  cursor.object((key) => {
    if (key === 'name') name = cursor.text();
    else if (key === 'packageManager') packageManager = cursor.text() ?? '';
    else if (key === 'workspaces') workspaces = readWorkspaces(cursor);
    else if (key === 'resolutions') resolutions = cursor.next === '{' ? readTexts(cursor) : resolutions;
    else if (key !== 'peerDependencies') declarations.take(key, cursor);
  });
  cursor.end();
  return { name, declares: declarations.all(), workspaces, resolutions, packageManager };
};
