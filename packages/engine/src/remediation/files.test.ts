import { access, lstat, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from '../../../../tests/support/remediation/project.ts';
import { copyProject, isInside, readInside } from './files.ts';

it('copies files and links that stay inside, nothing installed, no history, no .npmrc', async () => {
  await using folder = await emptyFolder();
  for (const uri of [
    'src/a.js',
    'node_modules/x/i.js',
    'sub/node_modules/x.js',
    '.git/config',
    '.breakwater/x',
    '.npmrc',
    'sub/.npmrc',
    'sub/b.js',
  ])
    await folder.write(`p/${uri}`, uri);
  await symlink('../src/a.js', join(folder.path, 'p/sub/in'));
  await symlink('../../outside', join(folder.path, 'p/sub/out'));
  await symlink('/etc', join(folder.path, 'p/etc'));
  await symlink(join(folder.path, 'p/src'), join(folder.path, 'p/absolute'));
  await mkdir(join(folder.path, 'outside'));
  await copyProject(join(folder.path, 'p'), join(folder.path, 'copy'));
  expect((await readdir(join(folder.path, 'copy'), { recursive: true })).toSorted()).toEqual([
    'src',
    'src/a.js',
    'sub',
    'sub/b.js',
    'sub/in',
  ]);
  expect((await lstat(join(folder.path, 'copy/sub/in'))).isSymbolicLink()).toBe(true);
});

it('reads plain files of the project only', async () => {
  await using folder = await emptyFolder();
  await writeFile(join(folder.path, 'secret'), 'x');
  await folder.write('p/a.json', '{}');
  await symlink('../secret', join(folder.path, 'p/link'));
  await symlink('..', join(folder.path, 'p/up'));
  const root = join(folder.path, 'p');
  expect(await readInside(root, 'a.json')).toBe('{}');
  for (const uri of ['link', 'up/secret', '../secret', '/etc/hostname', 'gone', ''])
    await expect(readInside(root, uri)).rejects.toMatchObject({ code: 'BW6012' });
  await access(root);
});

it.each(['../a', 'a/../../b', '/a', '.git/config', 'a\\b', ''])('%j is not inside', (uri) => {
  expect(isInside(uri)).toBe(false);
});
