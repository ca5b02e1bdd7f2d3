import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../reading.ts';
import { openHistory, parsePorcelain } from './history.ts';

const COMMIT = 'c20be41'.padEnd(40, '0');
const blamed = (commit: string, line: number, text: string): string =>
  `${commit} ${line} ${line} 1\nauthor Ann\nauthor-mail <ann@shop.example>\nauthor-time 1741945500\nauthor-tz +0100\nsummary add ejs\nfilename a.js\n\t${text}\n`;

describe('git blame', () => {
  it('gives commit, author, instant and text of a line; the text cannot pose as a header', () => {
    const found = parsePorcelain(blamed(COMMIT, 1, 'a') + blamed(COMMIT, 2, 'author of this line: 4711'));
    expect(found.get(2)).toEqual({
      origin: { commit: COMMIT, author: 'Ann', at: '2025-03-14T09:45:00.000Z' },
      text: 'author of this line: 4711',
    });
  });
});

describe('history', () => {
  let root = '';
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@shop.example', ...args], { cwd: root, encoding: 'utf8' });
  const history = () => {
    const reading: Pick<Reading, 'root' | 'signal' | 'readText'> = {
      root,
      signal: new AbortController().signal,
      readText: async (uri) => readFileSync(join(root, uri), 'utf8'),
    };
    return openHistory(reading as Reading); // history uses no other part of it
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'breakwater-history-'));
    git('init', '-q');
    writeFileSync(join(root, 'a.txt'), 'one\ntwo\n');
    git('add', '.');
    git('commit', '-qm', 'start');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('names the commit of a line, and nobody for one that was changed, added or is not committed', async () => {
    writeFileSync(join(root, 'a.txt'), 'one\nTWO\nthree\n');
    writeFileSync(join(root, 'new.txt'), 'x\n');
    const { blame } = history();
    expect(await blame('a.txt', 1)).toMatchObject({ author: 'Ann', commit: git('rev-parse', 'HEAD').trim() });
    expect([await blame('a.txt', 2), await blame('a.txt', 3), await blame('new.txt', 1)]).toEqual([undefined, undefined, undefined]);
  });

  it('starts no filter and no text conversion that the repository names', async () => {
    const ran = join(root, 'ran');
    appendFileSync(join(root, '.git/info/attributes'), '* filter=evil diff=evil\n');
    for (const key of ['filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'diff.evil.textconv', 'diff.evil.command'])
      git('config', key, `touch "${ran}"; cat`);
    appendFileSync(join(root, 'a.txt'), 'three\n');
    rmSync(ran, { force: true });
    expect(await history().blame('a.txt', 1)).toMatchObject({ author: 'Ann' });
    expect(existsSync(ran)).toBe(false);
  });
});
