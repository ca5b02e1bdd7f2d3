import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../../../tests/support/evidence.ts';
import { covered, seenIn, tree } from '../../../../../tests/support/evidence.ts';

const DEP = 'exports.used = function used(a) { return a };\nexports.unused = function unused(a) { return a };\n';
const APP = {
  'package.json': '{"name":"shop"}',
  'src/app.js': "const { used } = require('dep');\nfunction start() { return used(1) }\nfunction idle() { return 2 }\nstart();\n",
  'node_modules/dep/package.json': '{"name":"dep","version":"1.0.0"}',
  'node_modules/dep/index.js': DEP,
};
const packages = { 'node_modules/dep': '1.0.0' };
const RAN = { 'node_modules/dep/index.js': '., used', 'src/app.js': '., start' };

/** Evidence of `root` as if it had been gathered elsewhere. */
const moved = async (folder: string, root: string, to: string): Promise<string> => {
  const out = await tree({});
  for (const file of await readdir(folder)) {
    await writeFile(join(out, file), (await readFile(join(folder, file), 'utf8')).replaceAll(`file://${root}/`, to));
  }
  return out;
};
const codes = ({ problems }: Seen): readonly string[] => problems.map(({ code }) => code);

describe('what was seen to run', () => {
  it('is read from coverage that Node wrote, for own code and for packages, and says where it was seen', async () => {
    const root = await tree(APP);
    const folder = await covered(root, ['src/app.js']);
    const { names, executed, problems } = await seenIn({ root, coverage: [folder], packages });
    expect(names).toEqual(RAN);
    expect(problems).toEqual([]);
    const [module, start] = executed.get('src/app.js') ?? [];
    expect(module).toMatchObject({ name: '', start: [1, 1], end: [5, 1] });
    expect(start).toMatchObject({ name: 'start', start: [2, 1], end: [2, 36] });
    expect(start?.seen).toMatch(/^bw-coverage-.*\/coverage-.*\.json$/);
  });

  it.each(['file:///app/', 'file:///C:/srv/shop/', '/var/task/', 'C:\\\\srv\\\\'])('is told by its end when it ran in %s', async (to) => {
    const root = await tree(APP);
    const folder = await moved(await covered(root, ['src/app.js']), root, to);
    expect((await seenIn({ root, coverage: [folder], packages })).names).toEqual(RAN);
  });

  it('counts for a package of the lockfile of a folder below', async () => {
    const root = await tree(Object.fromEntries(Object.entries(APP).map(([path, text]) => [`shop/${path}`, text])));
    const folder = await moved(await covered(join(root, 'shop'), ['src/app.js']), join(root, 'shop'), 'file:///app/');
    const seen = await seenIn({ root, coverage: [folder], packages, manifest: 'shop/package-lock.json' });
    expect(seen.names).toEqual({ 'shop/node_modules/dep/index.js': '., used', 'shop/src/app.js': '., start' });
  });

  it('does not count for another version of a package', async () => {
    const root = await tree(APP);
    const folder = await covered(root, ['src/app.js']);
    await writeFile(join(root, 'node_modules/dep/index.js'), DEP.replace('unused', 'renamed'));
    const seen = await seenIn({ root, coverage: [folder], packages });
    expect(seen.names).toEqual({ 'src/app.js': '., start' });
    expect(codes(seen)).toEqual(['BW3034']);
    expect(seen.problems[0]).toMatchObject({ uri: 'node_modules/dep/index.js', incomplete: false });
    // installed is 1.0.0, locked is 2.0.0: what ran is not what is looked at
    const other = await seenIn({ root, coverage: [folder], packages: { 'node_modules/dep': '2.0.0' } });
    expect(Object.keys(other.names)).toEqual(['src/app.js']);
    expect(codes(other)).toEqual(['BW3034']);
  });

  it('says when the code of a package is not at hand', async () => {
    const root = await tree(APP);
    const folder = await covered(root, ['src/app.js']);
    const { 'node_modules/dep/index.js': _code, 'node_modules/dep/package.json': _manifest, ...own } = APP;
    const seen = await seenIn({ root: await tree(own), coverage: [await moved(folder, root, 'file:///app/')], packages });
    expect(seen.names).toEqual({ 'src/app.js': '., start' });
    expect(seen.problems).toMatchObject([{ code: 'BW3034', hint: expect.stringContaining('--offline'), incomplete: false }]);
  });

  it('does not count for text that was edited since, even when it is as long', async () => {
    const root = await tree(APP);
    const folder = await covered(root, ['src/app.js']);
    await writeFile(join(root, 'src/app.js'), APP['src/app.js'].replace('function idle() { return 2 }', 'const idle = () => { return 2 }'));
    expect(Object.keys((await seenIn({ root, coverage: [folder], packages })).names)).toEqual(['node_modules/dep/index.js']);
    await writeFile(join(root, 'src/app.js'), APP['src/app.js'].replace('function idle() { return 2 }', 'idle = function() { return2 }'));
    expect(Object.keys((await seenIn({ root, coverage: [folder], packages })).names)).toEqual(['node_modules/dep/index.js']);
  });

  it('does not choose between two files of the same text', async () => {
    const root = await tree({ ...APP, 'copy/src/app.js': APP['src/app.js'] });
    const ran = await covered(root, ['src/app.js']);
    const seen = await seenIn({ root, coverage: [await moved(ran, root, 'file:///app/')], packages });
    expect(Object.keys(seen.names)).toEqual(['node_modules/dep/index.js']);
    expect(seen.problems.map(({ message }) => message)).toEqual([
      'evidence of 2 files does not count: each may be another one of the same name and text (copy/src/app.js, src/app.js)',
    ]);
    expect((await seenIn({ root, coverage: [ran], packages })).names).toEqual(RAN); // in this very folder it is plain
    const edited = await tree({ ...APP, 'copy/src/app.js': `${APP['src/app.js']}\n` });
    expect((await seenIn({ root: edited, coverage: [await moved(ran, root, 'file:///app/')], packages })).names).toEqual(RAN);
  });

  it('adds up what several processes saw', async () => {
    const root = await tree({ 'a.js': "if (process.argv[2] === '1') one(); else two();\nfunction one() {}\nfunction two() {}\n" });
    const coverage = [await covered(root, ['a.js', '1']), await covered(root, ['a.js', '2'])];
    expect((await seenIn({ root, coverage: coverage.slice(0, 1) })).names).toEqual({ 'a.js': '., one' });
    expect((await seenIn({ root, coverage })).names).toEqual({ 'a.js': '., one, two' });
  });

  it('adds up what one process wrote when it was asked, and when it ended', async () => {
    const parts = ["const v8 = require('node:v8');", 'function one() {}', 'class K { two() {} three() {} }'];
    // Node names its files by the millisecond: two of one would be the same file
    const tick = 'for (const now = Date.now(); Date.now() === now; );';
    const root = await tree({
      'a.js': [...parts, `one(); v8.takeCoverage(); ${tick}`, `new K().two(); v8.takeCoverage(); ${tick}`, 'new K().three();'].join('\n'),
    });
    const folder = await covered(root, ['a.js']);
    expect((await readdir(folder)).length).toBe(3);
    expect((await seenIn({ root, coverage: [folder] })).names).toEqual({ 'a.js': '., one, two, three' });
    await writeFile(join(root, 'a.js'), (await readFile(join(root, 'a.js'), 'utf8')).replaceAll('three', 'forth').replaceAll('two', 'duo'));
    expect((await seenIn({ root, coverage: [folder] })).names).toEqual({});
  });

  it.each(['cjs', 'mjs'])('is the same with a byte order mark and other ends of lines, .%s', async (extension) => {
    const root = await tree({
      [`a.${extension}`]: '\uFEFF#!x\r\nfunction a() {}\r\nfunction b() {}\r\n\r\na();\r\n'.replace('#!x', '//x'),
    });
    const { executed, problems } = await seenIn({ root, coverage: [await covered(root, [`a.${extension}`])] });
    expect(problems).toEqual([]);
    expect(executed.get(`a.${extension}`)?.map(({ name, start }) => [name, start])).toEqual([
      ['', [1, 1]],
      ['a', [2, 1]],
    ]);
  });

  it('is seen through the function that a test runner wraps a module into', async () => {
    const runner = `const vm = require('node:vm'); const { readFileSync } = require('node:fs');
const filename = process.argv[2]; const made = { exports: {} };
const text = '({"Object.<anonymous>":function(module,exports,require,__dirname,__filename,jest){' + readFileSync(filename, 'utf8') + '\\n}});';
globalThis.kept = new vm.Script(text, { filename });
kept.runInThisContext()['Object.<anonymous>'](made, made.exports); made.exports.used(1);`;
    const [root, tools] = [await tree(APP), await tree({ 'run.cjs': runner })];
    const folder = await covered(root, [join(tools, 'run.cjs'), join(root, 'node_modules/dep/index.js')]);
    expect((await seenIn({ root, coverage: [folder], packages })).names).toEqual({ 'node_modules/dep/index.js': '., used' });
  });
});

describe('evidence files', () => {
  it('that are damaged are said, and the others are used', async () => {
    const root = await tree(APP);
    const folder = await covered(root, ['src/app.js']);
    await writeFile(join(folder, 'coverage-0.json'), '{"result":[{"scriptId":"1","url":"file:///app/src/a');
    await writeFile(join(folder, 'coverage-final.json'), '{"/app/src/app.js":{"statementMap":{}}}');
    const seen = await seenIn({ root, coverage: [folder], packages });
    expect(seen.names).toEqual(RAN);
    expect(codes(seen)).toEqual(['BW3032']);
    expect(seen.problems[0]).toMatchObject({ incomplete: false, message: expect.stringContaining('is not whole JSON') });
  });

  it('that are not there, or no evidence, make the run incomplete', async () => {
    const root = await tree(APP);
    const empty = await tree({});
    const other = await tree({ 'coverage-final.json': '{}', 'list.json': '[1,2]' });
    for (const path of [empty, other, join(empty, 'nowhere'), join(other, 'list.json')]) {
      const seen = await seenIn({ root, coverage: [path], packages });
      expect(seen.problems).toMatchObject([{ code: 'BW3033', incomplete: true }]);
      expect(seen.executed.size).toBe(0);
    }
  });

  it('are named by breakwater.yaml below the root only, even where git ignores them', async () => {
    const root = await tree({ ...APP, '.gitignore': 'coverage\n' });
    const folder = await covered(root, ['src/app.js']);
    await promisify(execFile)('git', ['init', '--quiet', root]);
    await mkdir(join(root, 'coverage'));
    for (const file of await readdir(folder)) await writeFile(join(root, 'coverage', file), await readFile(join(folder, file)));
    const named = (evidence: readonly string[]) => seenIn({ root, packages, config: { reachability: { evidence: [...evidence] } } });
    const seen = await named(['coverage/']);
    expect(seen.names).toEqual(RAN);
    expect(seen.executed.get('src/app.js')?.[0]?.seen).toMatch(/^coverage\/coverage-/);
    await symlink(folder, join(root, 'link'));
    for (const outside of ['..', folder, '../x', 'link', 'coverage/../../..']) {
      const refused = await named([outside]);
      expect([outside, refused.executed.size]).toEqual([outside, 0]);
      expect(refused.problems).toMatchObject([{ code: 'BW3033', incomplete: true, message: expect.stringContaining('outside') }]);
    }
    expect(codes(await named(['nowhere']))).toEqual(['BW3033']);
  });

  it('may be hostile: other paths, other types, huge numbers', async () => {
    const root = await tree(APP);
    const fn = { functionName: 'x', ranges: [{ startOffset: 0, endOffset: 5, count: 1 }] };
    const urls = [
      'file:///../../etc/passwd',
      'file:///app/%00',
      'file:///%E0%A4%A',
      '/../src/app.js',
      'file:///x/node_modules/..',
      'file://',
      '/',
    ];
    const hostile = {
      result: [
        ...urls.map((url) => ({ url, functions: [fn] })),
        { url: 'file:///app/src/app.js', functions: [null, 1, {}, { ...fn, ranges: [{ startOffset: -1, endOffset: 1e300, count: '1' }] }] },
        { url: 'file:///app/src/app.js', functions: [{ ...fn, ranges: [{ startOffset: 0, endOffset: 9e15, count: 1 }] }] },
        { url: 'file:///app/src/app.js', functions: {} },
        { url: {}, functions: [] },
      ],
      'source-map-cache': {
        'file:///app/src/app.js': {
          lineLengths: [1e15, -1],
          data: { version: 3, sources: [{}], mappings: ';;;;AAAA'.repeat(1000), sections: [{}, null] },
        },
        'file:///app/node_modules/dep/index.js': { lineLengths: null, data: { sections: 'x' } },
      },
    };
    const folder = await tree({
      'a.json': JSON.stringify(hostile),
      'b.json': '['.repeat(2_000_000),
      'c.cpuprofile': JSON.stringify(hostileProfile),
    });
    const seen = await seenIn({ root, coverage: [folder], packages });
    expect(seen.executed.size).toBe(0);
    expect(codes(seen)).toContain('BW3032');
  });
});

const hostileProfile = {
  startTime: 0,
  nodes: [
    {
      id: 1,
      hitCount: 1,
      parent: 2,
      callFrame: { url: 'file:///app/src/app.js', functionName: 'start', lineNumber: 1e15, columnNumber: -1 },
    },
    { id: 2, parent: 1, children: [1, 2, 'x'], callFrame: null },
    null,
    { id: 1, hitCount: 2, callFrame: { url: 'file:///app/src/app.js', functionName: 'start', lineNumber: 1, columnNumber: 3 } },
  ],
};

describe('CPU profiles', () => {
  const profileOf = (frames: readonly (readonly [name: string, line: number, column: number])[]) => ({
    startTime: 0,
    nodes: frames.map(([functionName, lineNumber, columnNumber], index) => ({
      id: index + 1,
      hitCount: index === frames.length - 1 ? 1 : 0,
      callFrame: { functionName, lineNumber, columnNumber, url: 'file:///app/src/app.js', scriptId: '9' },
      children: index === frames.length - 1 ? [] : [index + 2],
    })),
  });
  const namesOf = async (profile: unknown): Promise<string | undefined> => {
    const folder = await tree({ 'x.cpuprofile': JSON.stringify(profile) });
    return (await seenIn({ root: await tree(APP), coverage: [folder], packages })).names['src/app.js'];
  };

  it('count for all of a sampled stack', async () => {
    expect(
      await namesOf(
        profileOf([
          ['', 0, 0],
          ['start', 1, 14],
        ]),
      ),
    ).toBe('., start');
    expect(
      await namesOf({
        id: 7,
        result: {
          profile: profileOf([
            ['', 0, 0],
            ['start', 1, 14],
          ]),
        },
      }),
    ).toBe('., start');
  });

  it('do not count for what was not sampled', async () => {
    const { nodes, startTime } = profileOf([
      ['', 0, 0],
      ['start', 1, 14],
    ]);
    const idle = { id: 9, hitCount: 0, callFrame: { ...nodes[0]?.callFrame, functionName: 'idle', lineNumber: 2, columnNumber: 13 } };
    expect(await namesOf({ startTime, nodes: [...nodes, idle] })).toBe('., start');
    expect(await namesOf({ startTime, nodes: [...nodes, idle], samples: [9] })).toBe('., start, idle');
  });

  it('know a constructor by its class', async () => {
    const text = 'class Cart {\n  constructor(a) { this.a = a }\n}\nnew Cart(1);\n';
    const frame = { functionName: 'Cart', lineNumber: 1, columnNumber: 13, url: '/srv/cart.js', scriptId: '1' };
    const folder = await tree({ 'x.cpuprofile': JSON.stringify({ startTime: 0, nodes: [{ id: 1, hitCount: 3, callFrame: frame }] }) });
    const at = async (own: string) => (await seenIn({ root: await tree({ 'cart.js': own }), coverage: [folder] })).names;
    expect(await at(text)).toEqual({ 'cart.js': 'Cart' });
    expect(await at(text.replaceAll('Cart', 'Mart'))).toEqual({});
  });

  it('do not count when a place or the name is of another text', async () => {
    expect(await namesOf(profileOf([['', 0, 0]]))).toBeUndefined();
    expect(
      await namesOf(
        profileOf([
          ['', 0, 0],
          ['start', 1, 15],
        ]),
      ),
    ).toBeUndefined();
    expect(
      await namesOf(
        profileOf([
          ['', 0, 0],
          ['other', 1, 14],
        ]),
      ),
    ).toBeUndefined();
    expect(
      await namesOf(
        profileOf([
          ['gone', 9, 1],
          ['start', 1, 14],
        ]),
      ),
    ).toBeUndefined();
  });
});
