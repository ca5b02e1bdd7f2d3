/** What Node would load from some files, found without any of our code: texts are searched for imports, and Node itself resolves them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Evaluator {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface NodeWalk {
  /** Absolute, sorted. */
  readonly files: readonly string[];
  /** Calls that make code from text which is not written out, or load native code. */
  readonly evaluators: readonly Evaluator[];
}

const WALKER = `
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtinModules, createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const IMPORTS = [
  /\\brequire\\s*\\(\\s*(['"])([^'"\\n]+)\\1\\s*\\)/g,
  /\\bimport\\s*\\(\\s*(['"])([^'"\\n]+)\\1\\s*\\)/g,
  /^\\s*(?:import|export)\\b[^'"\`;]*?\\bfrom\\s*(['"])([^'"\\n]+)\\1/gm,
  /^\\s*import\\s*(['"])([^'"\\n]+)\\1/gm,
];
const EVALUATORS = [
  /(?<![\\w.$])eval\\s*\\(\\s*(?!['"\`)])[^\\n]{0,60}/g,
  /(?<![\\w.$])(?:new\\s+)?Function\\s*\\(\\s*(?!['"][^'"]*['"]\\s*\\)|\\))[^\\n]{0,60}/g,
  /\\bvm\\s*\\.\\s*(?:run\\w+|compileFunction|Script)\\b[^\\n]{0,60}/g,
  /\\bprocess\\s*\\.\\s*dlopen\\b[^\\n]{0,60}/g,
];
const filesIn = (folder) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []).flatMap((each) => each.isDirectory() ? filesIn(join(folder, each.name)) : /\\.[cm]?js$/.test(each.name) ? [join(folder, each.name)] : []);
const isFile = (path) => existsSync(path) && statSync(path).isFile();
const answer = (work) => { try { const path = work(); return isFile(path) ? path : undefined; } catch { return undefined; } };
const withoutComments = (text) => text.replace(/^[ \\t]*\\/\\*[\\s\\S]*?\\*\\//gm, (part) => part.replace(/[^\\n]/g, '')).replace(/^[ \\t]*(?:\\/\\/|\\*).*$/gm, '');
const known = new Set(builtinModules);
const seen = new Set();
const evaluators = [];
const pending = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
  if (seen.has(file)) continue;
  seen.add(file);
  if (!/\\.[cm]?[jt]s$/.test(file)) continue;
  const text = withoutComments(readFileSync(file, 'utf8'));
  const lineAt = (at) => text.slice(0, at).split('\\n').length;
  for (const pattern of EVALUATORS)
    for (const found of text.matchAll(pattern)) evaluators.push({ file, line: lineAt(found.index), text: found[0] });
  for (const [, , folder] of text.matchAll(/\\brequire\\s*\\(\\s*(['"])(\\.{1,2}\\/[^'"\\n]*\\/)\\1\\s*\\+/g)) pending.push(...filesIn(join(dirname(file), folder)));
  for (const pattern of IMPORTS) {
    for (const [, , specifier] of text.matchAll(pattern)) {
      if (known.has(specifier) || specifier.startsWith('node:')) continue;
      for (const path of [
        answer(() => createRequire(file).resolve(specifier)),
        answer(() => fileURLToPath(import.meta.resolve(specifier, pathToFileURL(file).href))),
      ]) if (path !== undefined) pending.push(path);
    }
  }
}
process.stdout.write(JSON.stringify({ files: [...seen].sort(), evaluators }));
`;

/** `entries`: absolute. Runs in a process of its own, which executes nothing of the files. */
export const walkWithNode = (entries: readonly string[]): NodeWalk => {
  const folder = mkdtempSync(join(tmpdir(), 'bw-walk-'));
  writeFileSync(join(folder, 'walker.mjs'), WALKER);
  writeFileSync(join(folder, 'entries.json'), JSON.stringify(entries));
  const words = ['--no-warnings', '--experimental-import-meta-resolve', join(folder, 'walker.mjs'), join(folder, 'entries.json')];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1 << 28 }));
};
