/** Lays out the two applications of a fact: the installed tree, linked file by file, and one program that `npm start` runs. */
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryCall } from './facts.ts';
import type { Loading } from './programs.ts';
import { exploitProgram, importProgram } from './programs.ts';

export type AppKind = 'exploit' | 'import-only';
export const APP_KINDS: readonly AppKind[] = ['exploit', 'import-only'];

export interface App {
  readonly kind: AppKind;
  readonly folder: string;
  /** The program, relative to the folder. */
  readonly entry: string;
}

/** `installed` is a folder of install.ts; `to` is made anew, unless it holds this very program. */
export const layOut = (installed: string, to: string, kind: AppKind, calls: readonly EntryCall[], loading: Loading): App => {
  const entry = `${kind}.${loading === 'import' ? 'mjs' : 'js'}`;
  const program = kind === 'exploit' ? exploitProgram(calls, loading) : importProgram(calls, loading);
  const app: App = { kind, folder: to, entry };
  if (existsSync(join(to, entry)) && readFileSync(join(to, entry), 'utf8') === program) return app;
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, scripts: { start: `node ${entry}` } }));
  cpSync(join(installed, 'package-lock.json'), join(to, 'package-lock.json'));
  linkTree(join(installed, 'node_modules'), join(to, 'node_modules'));
  // last, so that a tree that was cut short is made again
  writeFileSync(join(to, entry), program);
  return app;
};

/** Links of npm (`.bin`) are left out: no program of ours starts them. */
const linkTree = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const item of readdirSync(from, { withFileTypes: true })) {
    if (item.isDirectory()) linkTree(join(from, item.name), join(to, item.name));
    else if (item.isFile()) linkSync(join(from, item.name), join(to, item.name));
  }
};

/** Whether `require` is refused: told by the package's own manifest, for the whole package. */
export const loadingOf = (installed: string, name: string): Loading => {
  const path = join(installed, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return 'require';
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const text = JSON.stringify(manifest.exports ?? null);
  const main = String(manifest.main ?? '');
  return manifest.type === 'module' && !text.includes('"require"') && !text.includes('.cjs') && !main.endsWith('.cjs')
    ? 'import'
    : 'require';
};
