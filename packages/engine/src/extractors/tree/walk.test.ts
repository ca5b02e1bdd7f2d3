import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadProblem } from '../reading.ts';
import { openReading, takeInventory } from './open.ts';
import { readTexts } from './texts.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'breakwater-walk-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const signal = new AbortController().signal;
const put = (uri: string, text = 'x'): void => {
  mkdirSync(join(root, uri, '..'), { recursive: true });
  writeFileSync(join(root, uri), text);
};
const uris = async (): Promise<readonly string[]> => (await takeInventory(root, signal)).files.map((file) => file.uri);
const texts = async (config = {}, control = 'secrets') => {
  const problems: ReadProblem[] = [];
  const ignore = (): void => undefined;
  const inventory = await takeInventory(root, signal);
  const reading = openReading({
    root,
    inventory,
    config,
    control,
    offline: true,
    cache: '',
    advisories: '',
    signal,
    problem: (p) => problems.push(p),
    progress: ignore,
    looked: ignore,
  });
  const found: string[] = [];
  for await (const { uri, text } of readTexts(reading)) found.push(`${uri}=${text}`);
  return { found, problems };
};

describe('the walk', () => {
  it('finds files in code-unit order and passes over git, node_modules and our own state', async () => {
    for (const uri of ['b.txt', 'a/z.txt', 'B.txt', '.git/config', 'node_modules/x/index.js', '.breakwater/last-run.json', 'ü.txt'])
      put(uri);
    expect(await uris()).toEqual(['B.txt', 'a/z.txt', 'b.txt', 'ü.txt']);
  });

  it('follows no link: neither a loop nor a way out of the root', async () => {
    put('src/a.txt');
    symlinkSync('..', join(root, 'src/loop'));
    symlinkSync('/etc/passwd', join(root, 'passwd'));
    symlinkSync('/etc', join(root, 'etc'));
    expect(await uris()).toEqual(['src/a.txt']);
  });

  it('names files whose name is not UTF-8, and reads them', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff, 0x2e, 0x74])]), 'latin');
    expect((await texts()).found).toEqual(['f%FF.t=latin']);
  });

  it('leaves out what git ignores, and keeps what is tracked or new', async () => {
    execFileSync('git', ['init', '-q', root]);
    put('.gitignore', 'dist/\n*.log\n');
    for (const uri of ['dist/a.js', 'x.log', 'src/a.js']) put(uri);
    expect(await uris()).toEqual(['.gitignore', 'src/a.js']);
  });

  it('starts no program that the repository names', async () => {
    execFileSync('git', ['init', '-q', root]);
    put('hook.sh', `#!/bin/sh\ntouch ${root}/ran\n`);
    execFileSync('chmod', ['+x', join(root, 'hook.sh')]);
    execFileSync('git', ['-C', root, 'config', 'core.fsmonitor', join(root, 'hook.sh')]);
    expect(await uris()).toEqual(['hook.sh']);
  });
});

describe('texts', () => {
  it('are UTF-8, UTF-16 with a mark, or Latin-1; binary files are none', async () => {
    put('utf8.txt', 'ü');
    writeFileSync(join(root, 'utf16.txt'), Buffer.from('\ufeffü', 'utf16le'));
    writeFileSync(join(root, 'latin.txt'), Buffer.from([0xfc]));
    writeFileSync(join(root, 'binary.bin'), Buffer.from([1, 0, 2]));
    expect((await texts()).found).toEqual(['latin.txt=ü', 'utf16.txt=ü', 'utf8.txt=ü']);
  });

  it('name a large text as not looked at, and pass over a large binary file', async () => {
    put('huge.txt', 'a'.repeat(9_000));
    truncateSync(join(root, 'huge.txt'), 9_000);
    writeFileSync(join(root, 'huge.txt'), 'line of text\n'.repeat(1_400_000));
    writeFileSync(join(root, 'sparse.img'), '');
    truncateSync(join(root, 'sparse.img'), 3 * 1024 ** 3);
    const { found, problems } = await texts();
    expect(found).toEqual([]);
    expect(problems).toMatchObject([{ code: 'BW3004', uri: 'huge.txt', incomplete: true }]);
  });

  it('respect the exclusions of their control, and of no other', async () => {
    for (const uri of ['fixtures/a.txt', 'src/a.txt']) put(uri);
    const config = { controls: { secrets: { exclude: [{ path: 'fixtures/', reason: 'invented' }] } } };
    expect((await texts(config)).found).toEqual(['src/a.txt=x']);
    expect((await texts(config, 'other')).found).toHaveLength(2);
  });
});
