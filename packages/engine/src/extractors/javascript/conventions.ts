/** Files that frameworks and build tools start by where they lie. */
import type { FileTree } from './file-tree.ts';
import type { Manifest } from './manifest.ts';

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|spec|cypress|fixtures|coverage|dist|build)\/|\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;

export interface Framework {
  /** Each of them in package.json says that it is used. */
  readonly packages: readonly string[];
  /** What starts it. */
  readonly program: string;
  /** Paths in the package that it loads itself. */
  readonly files: RegExp;
  /** What it builds: a command that starts such a file starts `files`. */
  readonly output: RegExp;
}

export const FRAMEWORKS: readonly Framework[] = [
  {
    packages: ['next'],
    program: 'next',
    files:
      /^(?:src\/)?(?:(?:pages|app)\/.*|(?:middleware|instrumentation|instrumentation-client|proxy|mdx-components)\.[^/]+)$|^next\.config\.[cm]?[jt]s$/,
    output: /(?:^|\/)\.next\/|^(?:\.\/)?server\.js$/,
  },
  {
    packages: ['nuxt', 'nuxt3', 'nuxt-edge', 'nuxt-nightly', '@nuxt/core'],
    program: 'nuxt',
    files:
      /^(?:src\/|app\/|layers\/[^/]+\/)?(?:(?:server|api|plugins|middleware|pages|layouts|components|composables|utils|modules|stores?|shared)\/.*|(?:app|error)\.vue|(?:app\.config|router\.options|nuxt\.config)\.[cm]?[jt]s)$/,
    output: /(?:^|\/)\.(?:output|nuxt)\//,
  },
  {
    packages: ['nitropack', 'nitro'],
    program: 'nitropack',
    files: /^(?:src\/|server\/)?(?:api|routes|plugins|middleware|tasks|utils)\/.*$|^(?:server|nitro\.config)\.[cm]?[jt]s$/,
    output: /(?:^|\/)\.output\//,
  },
  {
    packages: ['@remix-run/dev', '@remix-run/serve', '@remix-run/node', '@react-router/dev', '@react-router/serve'],
    program: 'react-router-serve',
    files: /^app\/.*$|^server(?:\/.*|\.[^/]+)$|^(?:vite|remix|react-router)\.config\.[cm]?[jt]s$/,
    output: /^(?:\.\/)?build(?:\/|$)/,
  },
  {
    packages: ['@sveltejs/kit'],
    program: 'svelte-kit',
    files: /^src\/(?:(?:routes|params|hooks)\/.*|(?:hooks|service-worker|instrumentation)[\w.-]*)$|^(?:svelte|vite)\.config\.[cm]?[jt]s$/,
    output: /^(?:\.\/)?build(?:\/|$)|(?:^|\/)\.svelte-kit\//,
  },
  {
    packages: ['astro'],
    program: 'astro',
    files:
      /^src\/(?:(?:pages|actions|middleware)\/.*|(?:middleware|content\.config|live\.config|content\/config)\.[^/]+)$|^astro\.config\.[cm]?[jt]s$/,
    output: /^(?:\.\/)?dist\//,
  },
  {
    packages: ['@nestjs/core'],
    program: '',
    files: /^(?:src|apps\/[^/]+\/src)\/main\.[jt]s$/,
    output: /^(?:\.\/)?dist\/(?:src\/)?main(?:\.js)?$/,
  },
  { packages: ['react-scripts'], program: '', files: /^src\/(?:index|serviceWorker|service-worker)\.[jt]sx?$/, output: /^build\// },
  { packages: ['@vue/cli-service'], program: '', files: /^src\/main\.[jt]s$|^vue\.config\.[cm]?js$/, output: /^dist\// },
  { packages: ['gatsby'], program: 'gatsby', files: /^(?:src\/(?:pages|templates|api)\/.*|gatsby-[\w-]+\.[jt]sx?)$/, output: /^public\// },
];

/** They load the application's files by convention; which, only they know: every source counts. */
const BY_CONVENTION = new Set([
  'gatsby',
  'ng',
  'strapi',
  'directus',
  'keystone',
  'medusa',
  'sails',
  'adonis',
  'ace',
  'egg-scripts',
  'egg-bin',
  'meteor',
  'fastify',
  'functions-framework',
  'sls',
  'serverless',
  'netlify',
  'vercel',
  'probot',
  'moleculer-runner',
  'payload',
  'loopback',
  'feathers',
  'blitz',
  'redwood',
  'rw-server',
]);

/** Other names of programs of the table above. */
const SAME: Readonly<Record<string, string>> = {
  nuxi: 'nuxt',
  nitro: 'nitropack',
  remix: 'react-router-serve',
  'remix-serve': 'react-router-serve',
  'react-router': 'react-router-serve',
};

/** Frameworks that package.json asks for. */
export const frameworksOf = (manifest: Manifest): readonly Framework[] =>
  FRAMEWORKS.filter(({ packages }) => packages.some((name) => manifest.declared.includes(name)));

/** Uris that `program` starts in the package at `folder`. */
export const startedByProgram = (tree: FileTree, folder: string, program: string): readonly string[] => {
  const name = SAME[program] ?? program;
  const framework = name === '' ? undefined : FRAMEWORKS.find((each) => each.program === name);
  if (framework !== undefined) return startedByFramework(tree, folder, framework);
  if (program === 'nest') return below(tree, folder, (path) => /^(?:src|apps\/[^/]+\/src)\/main\.[jt]s$/.test(path));
  return BY_CONVENTION.has(program) ? below(tree, folder, (path) => CODE.test(path)) : [];
};

export const startedByFramework = (tree: FileTree, folder: string, { files }: Framework): readonly string[] =>
  below(tree, folder, (path) => files.test(path) && CODE.test(path));

const below = (tree: FileTree, folder: string, wanted: (path: string) => boolean): readonly string[] => {
  const prefix = folder === '' ? '' : `${folder}/`;
  return tree.beginning(prefix).filter((uri) => {
    const path = uri.slice(prefix.length);
    return wanted(path) && !TEST.test(path);
  });
};

/** Programs whose package has another name. */
export const PACKAGE_OF: Readonly<Record<string, string>> = {
  nest: '@nestjs/cli',
  ng: '@angular/cli',
  strapi: '@strapi/strapi',
  'remix-serve': '@remix-run/serve',
  'react-router-serve': '@react-router/serve',
  'svelte-kit': '@sveltejs/kit',
  remix: '@remix-run/dev',
  medusa: '@medusajs/cli',
  keystone: '@keystone-6/core',
  'functions-framework': '@google-cloud/functions-framework',
  'vue-cli-service': '@vue/cli-service',
  fastify: 'fastify-cli',
  sequelize: 'sequelize-cli',
  webpack: 'webpack-cli',
  'pm2-runtime': 'pm2',
  'ts-node-esm': 'ts-node',
  tsnd: 'ts-node-dev',
  'babel-node': '@babel/node',
  tsc: 'typescript',
  sls: 'serverless',
  nuxi: 'nuxt',
  typeorm: 'typeorm',
};

/** What the `exports` of the application's own package.json lead to: files, and patterns with `*`. */
export const exportedFiles = (manifest: Manifest): readonly string[] => {
  const found: string[] = [];
  const pending: unknown[] = [manifest.exports];
  for (let steps = 0; pending.length > 0 && steps < 1_000; steps += 1) {
    const value = pending.pop();
    if (typeof value === 'string' && isModule(value)) found.push(value);
    else if (typeof value === 'object' && value !== null)
      pending.push(...Object.entries(value).flatMap(([key, item]) => (key === 'types' ? [] : [item])));
  }
  return found.sort();
};

const isModule = (path: string): boolean => CODE.test(path) && !/\.d\.[cm]?ts$/.test(path);
