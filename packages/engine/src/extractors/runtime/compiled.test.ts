import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { covered, seenIn, tree } from '../../../../../tests/support/evidence.ts';

const SOURCE = `import { sep } from 'node:path';

interface Item {
  readonly price: number;
}

export class Basket<T extends Item> {
  private readonly items: T[] = [];
  constructor(first: T) { this.items.push(first); }
  get total(): number { return this.items.reduce((sum: number, item: T): number => sum + item.price, 0); }
  static async of<T extends Item>(item: T): Promise<Basket<T>> { return new Basket(item); }
  never(): string { return sep; }
}
export const twice = (by: number) => (n: number): number => n * by;
export function unused(): number { return 1; }
async function main(): Promise<void> {
  const basket = await Basket.of({ price: 2 });
  console.log(twice(2)(basket.total));
}
void main();
`;
const RAN = ['', 'Basket', 'get total', '', 'of', 'twice', '', 'main'];
const LINES = [1, 9, 10, 10, 11, 14, 14, 16];
const targets = { ES2022: ts.ScriptTarget.ES2022, ES2015: ts.ScriptTarget.ES2015 };
type Target = keyof typeof targets;

const compile = (target: Target, options: ts.CompilerOptions): ts.TranspileOutput =>
  ts.transpileModule(SOURCE, {
    fileName: 'app.ts',
    compilerOptions: { target: targets[target], module: ts.ModuleKind.CommonJS, sourceMap: true, ...options },
  });

/** The same evidence as the inspector gives it. */
const bare = async (coverage: string): Promise<string> => {
  for (const file of await readdir(coverage)) {
    const { result } = JSON.parse(await readFile(join(coverage, file), 'utf8'));
    await writeFile(join(coverage, file), JSON.stringify({ id: 1, result: { result } }));
  }
  return coverage;
};

const startsIn = async (root: string, coverage: string, file = 'src/app.ts'): Promise<readonly number[]> =>
  ((await seenIn({ root, coverage: [coverage] })).executed.get(file) ?? []).map(({ start }) => start[0]);

/** As a build leaves it, in a folder that git ignores. */
const built = async (target: Target, options: ts.CompilerOptions = {}): Promise<string> => {
  const { outputText, sourceMapText = '' } = compile(target, options);
  const map = sourceMapText.replace('"app.ts"', '"../src/app.ts"');
  const root = await tree({ '.gitignore': 'dist\n', 'src/app.ts': SOURCE, 'dist/app.js': outputText, 'dist/app.js.map': map });
  await promisify(execFile)('git', ['init', '--quiet', root]);
  return root;
};

describe('code that was compiled', () => {
  it('counts for its sources when Node compiles on the fly', async () => {
    const root = await tree({ 'package.json': '{"type":"module"}', 'src/app.ts': SOURCE });
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    expect(await startsIn(root, await covered(root, ['--import', tsx, 'src/app.ts']))).toEqual(LINES);
  });

  it.each(Object.keys(targets) as Target[])('counts for its sources by a map beside it, %s', async (target) => {
    const root = await built(target);
    const { executed, problems } = await seenIn({ root, coverage: [await covered(root, ['dist/app.js'])] });
    const source = executed.get('src/app.ts') ?? [];
    expect([...executed.keys()]).toEqual(['src/app.ts']); // what git ignores is no file of the target
    expect(problems).toEqual([]);
    expect(source.map(({ start }) => start[0])).toEqual(LINES);
    if (target === 'ES2022') expect(source.map(({ name }) => name)).toEqual(RAN);
    expect(source[1]?.end).toEqual([9, 52]);
  });

  it('counts by the map of the build when the evidence has none: the inspector keeps none', async () => {
    const root = await built('ES2022');
    expect(await startsIn(root, await bare(await covered(root, ['dist/app.js'])))).toEqual(LINES);
    const inline = compile('ES2022', { sourceMap: false, inlineSourceMap: true, inlineSources: true }).outputText;
    const other = await tree({ 'src/app.ts': SOURCE, 'src/app.js': inline });
    expect(await startsIn(other, await bare(await covered(other, ['src/app.js'])))).toEqual(LINES);
  });

  it('does not count when the source is another one since', async () => {
    for (const options of [{}, { inlineSources: true }]) {
      const root = await built('ES2022', options);
      const coverage = await covered(root, ['dist/app.js']);
      await writeFile(join(root, 'src/app.ts'), `// moved\n\n${SOURCE}`);
      expect(await startsIn(root, coverage)).toEqual([]);
      await writeFile(join(root, 'src/app.ts'), SOURCE.replaceAll('\n', '\r\n'));
      expect(await startsIn(root, coverage)).toEqual(LINES); // git may change how lines end
    }
  });
});
