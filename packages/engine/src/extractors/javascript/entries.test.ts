import { describe, expect, it } from 'vitest';
import type { Files } from '../../../../../tests/support/tiny-world.ts';
import { graphOf, loadedIn, n, plain } from '../../../../../tests/support/tiny-world.ts';

describe('where the application starts', () => {
  const empty = { 'package.json': '{}' };
  it.each([
    ['scripts.start', { 'package.json': '{"scripts":{"start":"NODE_ENV=production node src/x.js"}}' }],
    ['a script that calls another', { 'package.json': '{"scripts":{"start":"npm run serve:all","serve:all":"ts-node src/x"}}' }],
    ['bin', { 'package.json': '{"bin":{"app":"src/x.js"}}' }],
    ['exports', { 'package.json': '{"exports":{".":{"types":"./x.d.ts","default":"./src/x.js"}}}' }],
    ['CMD of a Dockerfile, exec form', { ...empty, Dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nCMD ["node", "/app/src/x.js"]' }],
    ['CMD of a Dockerfile, shell form', { ...empty, Dockerfile: 'FROM node\nCMD exec node src/x.js --port 1' }],
    [
      'a shell script',
      { ...empty, Dockerfile: 'FROM node\nENTRYPOINT ["./run.sh"]', 'run.sh': '#!/bin/sh\nset -e\nexec node src/x.js "$@"\n' },
    ],
    ['a Procfile', { ...empty, Procfile: 'web: node src/x.js\n' }],
    ['serverless handlers', { ...empty, 'serverless.yml': 'functions:\n  f:\n    handler: src/x.run\n' }],
    ['code on the command line', { 'package.json': '{"scripts":{"start":"node -e \\"require(\'./src/x\')\\""}}' }],
    ['a preload', { 'package.json': '{"scripts":{"start":"node -r ./src/x.js other.js"}}', 'other.js': '' }],
  ])('%s', async (_, own: Files) => {
    const files = { ...own, 'src/x.js': "require('a')" };
    expect(await loadedIn({ own: files, packages: plain('a', 'b') })).toEqual(['a']);
  });

  it('is what breakwater.yaml says, and only that', async () => {
    const own = { 'index.js': "require('a')", 'other.js': "require('b')" };
    expect(await loadedIn({ own, packages: plain('a', 'b'), config: { application: { entries: ['other.js'] } } })).toEqual(['b']);
  });

  it('falls back to usual names, and else says that it does not know', async () => {
    expect(await loadedIn({ own: { ...empty, 'src/server.ts': "import 'a'" }, packages: plain('a') })).toEqual(['a']);
    const graph = await graphOf({ own: { ...empty, 'lib/x.js': "require('a')" }, packages: plain('a') });
    expect(graph.inconclusive).toContain('no entry point');
  });

  it('stays open when what is started is not in the tree', async () => {
    const graph = await graphOf({ own: { 'package.json': '{"scripts":{"start":"node out/x.js"}}' }, packages: plain('a') });
    expect(graph.open.map((site) => site.what)).toEqual(['out/x.js is not in the scanned folder']);
    expect([...graph.maybe.keys()]).toEqual([n('a')]);
  });

  it('starts a Next application at its pages', async () => {
    const own = {
      'package.json': '{"dependencies":{"next":"1"}}',
      'pages/index.jsx': "import 'a'",
      'pages/x.test.jsx': "import 'b'",
      'lib/c.js': "require('c')",
    };
    expect(await loadedIn({ own, packages: plain('next', 'a', 'b', 'c') })).toEqual(['a', 'next']);
  });
});
