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
    ['CMD of a Dockerfile in a folder of its own', { ...empty, 'docker/Dockerfile': 'FROM node\nCMD ["node", "src/x.js"]' }],
    [
      'a shell script that the image has elsewhere',
      { ...empty, Dockerfile: 'FROM node\nENTRYPOINT ["/usr/local/bin/entry.sh"]', 'docker/entry.sh': 'exec node src/x.js' },
    ],
    ['an image for AWS Lambda', { ...empty, Dockerfile: 'FROM public.ecr.aws/lambda/nodejs:20\nCMD ["src/x.handler"]' }],
    ['an output of TypeScript', { 'package.json': '{"main":"dist/x.js"}' }],
    ['an output of a bundler', { 'package.json': '{"exports":"./dist/x.cjs"}' }],
    ['an output of a monorepo', { 'package.json': '{"scripts":{"start":"node dist/src/x.js"}}' }],
    ['a script for developing, when there is no other', { 'package.json': '{"scripts":{"dev":"nodemon src/x.js"}}' }],
    ['bun', { 'package.json': '{"scripts":{"start":"bun run src/x.js"}}' }],
    ['Deno', { ...empty, 'deno.json': '{"tasks":{"start":"deno run -A src/x.js"}}' }],
    ['AWS SAM', { ...empty, 'template.yaml': 'Runtime: nodejs20.x\nCodeUri: src/\nHandler: x.handler\n' }],
    ['Azure Functions', { ...empty, 'job/function.json': '{"bindings":[],"scriptFile":"../src/x.js"}' }],
    ['Cloudflare, TOML', { ...empty, 'wrangler.toml': 'name = "w"\nmain = "src/x.js"\n' }],
    ['Cloudflare, JSON', { ...empty, 'wrangler.jsonc': '{ // where\n  "main": "src/x.js" }' }],
    ['Netlify', { ...empty, 'netlify.toml': '[functions]\n  directory = "src"\n' }],
    ['Vercel', { ...empty, 'vercel.json': '{}', 'api/y.ts': "import '../src/x.js'" }],
    ['Nest', { 'package.json': '{}', 'nest-cli.json': '{"sourceRoot":"src","entryFile":"x"}' }],
    ['a page', { ...empty, 'index.html': '<script type="module" src="/src/x.js"></script>' }],
    ['a configuration of a bundler', { ...empty, 'webpack.config.js': "module.exports = { entry: { app: './src/x.js' } }" }],
    ['Angular', { ...empty, 'angular.json': '{"projects":{"a":{"architect":{"build":{"options":{"browser":"src/x.js"}}}}}}' }],
    ['an action', { ...empty, 'action.yml': "runs:\n  using: node20\n  main: 'src/x.js'\n" }],
    ['a platform', { ...empty, 'render.yaml': 'services:\n  - type: web\n    startCommand: node src/x.js\n' }],
  ])('%s', async (_, own: Files) => {
    const files = { ...own, 'src/x.js': "require('a')" };
    expect(await loadedIn({ own: files, packages: plain('a', 'b') })).toEqual(['a']);
  });

  it('is what breakwater.yaml says, and only that', async () => {
    const own = { 'index.js': "require('a')", 'other.js': "require('b')" };
    expect(await loadedIn({ own, packages: plain('a', 'b'), config: { application: { entries: ['other.js'] } } })).toEqual(['b']);
  });

  it('takes patterns of breakwater.yaml, without tests', async () => {
    const own = {
      'jobs/a.js': "require('a')",
      'jobs/deep/b.mjs': "import 'b'",
      'jobs/a.test.js': "require('c')",
      'index.js': "require('c')",
    };
    const entries = ['jobs/**/*.{js,mjs}'];
    expect(await loadedIn({ own, packages: plain('a', 'b', 'c'), config: { application: { entries } } })).toEqual(['a', 'b']);
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

  it.each([
    ['next', ['app/x/route.ts', 'src/pages/x.jsx', 'middleware.ts', 'src/instrumentation.ts', 'next.config.mjs']],
    ['nuxt', ['server/api/x.get.ts', 'plugins/x.ts', 'app/middleware/x.ts', 'pages/x.vue', 'app.vue', 'nuxt.config.ts']],
    ['@remix-run/dev', ['app/routes/x.tsx', 'app/entry.server.tsx', 'server.ts', 'vite.config.ts']],
    ['@react-router/dev', ['app/routes.ts', 'server/app.ts']],
    [
      '@sveltejs/kit',
      ['src/routes/+page.server.ts', 'src/routes/+page.svelte', 'src/hooks.server.ts', 'src/params/x.js', 'svelte.config.js'],
    ],
    ['astro', ['src/pages/x.astro', 'src/middleware.ts', 'src/actions/index.ts', 'src/content.config.ts', 'astro.config.mjs']],
    ['nitropack', ['routes/x.ts', 'server/api/x.ts']],
    ['@nestjs/core', ['src/main.ts', 'apps/api/src/main.ts']],
  ])('starts %s at its files', async (framework, paths) => {
    const text = (at: number, path: string): string =>
      /\.(?:vue|svelte)$/.test(path)
        ? `<script>import 'm${at}'</script>`
        : path.endsWith('.astro')
          ? `---\nimport 'm${at}'\n---`
          : `import 'm${at}'`;
    const files = Object.fromEntries(paths.map((path, at) => [path, text(at, path)]));
    const own = { 'package.json': JSON.stringify({ dependencies: { [framework]: '1' } }), ...files, 'lib/never.js': "require('never')" };
    const names = paths.map((_, at) => `m${at}`);
    const loaded = await loadedIn({ own, packages: plain(framework, 'never', ...names) });
    expect(loaded.filter((name) => name !== framework)).toEqual(names);
  });

  it('takes what a framework builds for its files', async () => {
    const own = {
      'package.json': '{"scripts":{"start":"node .output/server/index.mjs"},"dependencies":{"nuxt":"4"}}',
      'server/api/x.ts': "import { y } from '~~/shared/y'; import '#imports'",
      'shared/y.ts': "import 'a'",
    };
    const graph = await graphOf({ own, packages: plain('nuxt', 'a') });
    expect([...graph.loaded.keys()].sort()).toEqual([n('a'), n('nuxt')]);
    expect(graph.open).toEqual([]);
  });

  it('knows the names that frameworks give to folders', async () => {
    const own = {
      'package.json': '{"devDependencies":{"@sveltejs/kit":"2"}}',
      'src/routes/+page.js': "import '$lib/x'; import { goto } from '$app/navigation'; import '@/y'",
      'src/lib/x.js': "import 'a'",
      'src/y.ts': "import 'b'",
    };
    const graph = await graphOf({ own, packages: plain('@sveltejs/kit', 'a', 'b') });
    expect([...graph.loaded.keys()].map((place) => place.slice('node_modules/'.length)).sort()).toEqual(['@sveltejs/kit', 'a', 'b']);
    expect(graph.open).toEqual([]);
  });
});
