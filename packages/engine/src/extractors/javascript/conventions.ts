/** Files that frameworks and platforms start by where they lie or how they are named in a configuration. */
import type { FileTree } from './file-tree.ts';
import type { Manifest } from './manifest.ts';

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|spec|cypress|fixtures|coverage|dist|build)\/|\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;
const NEXT =
  /^(?:src\/)?(?:(?:pages|app)\/.*|(?:middleware|instrumentation|instrumentation-client|proxy)\.[^/]+)$|^next\.config\.[cm]?[jt]s$/;

/** They load the application's files by convention; which, only they know: every source counts. */
const BY_CONVENTION = new Set([
  'nuxt',
  'nuxi',
  'astro',
  'gatsby',
  'remix',
  'remix-serve',
  'react-router-serve',
  'react-scripts',
  'ng',
  'vue-cli-service',
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
  'vite',
  'fastify',
  'functions-framework',
  'sls',
  'serverless',
  'netlify',
  'vercel',
  'probot',
  'moleculer-runner',
  'sveltekit',
  'payload',
  'loopback',
  'feathers',
]);

/** Uris that `program` starts in the package at `folder`. */
export const startedByProgram = (tree: FileTree, folder: string, program: string): readonly string[] => {
  if (program === 'next') return below(tree, folder, (path) => NEXT.test(path) && CODE.test(path));
  if (program === 'nest') return below(tree, folder, (path) => /^(?:src|apps\/[^/]+\/src)\/main\.[jt]s$/.test(path));
  return BY_CONVENTION.has(program) ? below(tree, folder, (path) => CODE.test(path)) : [];
};

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

/** Uris named as handlers or scripts in configurations of platforms; the text is only searched. */
export const namedInConfiguration = (uri: string, text: string): readonly string[] => {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  if (/^(?:serverless|template|sam)\.ya?ml$/.test(name)) return captured(text, /\b[Hh]andler:[ \t]*['"]?([\w./-]{1,300})\.\w+/g);
  if (/^(?:ecosystem|pm2|process)[\w.]*\.(?:c?js|json|ya?ml)$/.test(name))
    return captured(text, /\bscript['"]?[ \t]*:[ \t]*['"]?([\w./-]{1,300})/g);
  return [];
};

/** Command lines of platforms: Procfile and Compose. */
export const commandsInConfiguration = (uri: string, text: string): readonly string[] => {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  if (name === 'Procfile') return captured(text, /^[\w-]{1,60}:[ \t]*(\S[^\n]*)$/gm);
  if (!/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name)) return [];
  return captured(text, /^[ \t]*(?:command|entrypoint):[ \t]*(\S[^\n]*)$/gm).map((line) =>
    line.startsWith('[') ? line.replace(/[[\]",']/g, ' ') : line.replace(/^(["'])(.*)\1$/, '$2'),
  );
};

const captured = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);

/** What the `exports` of the application's own package.json lead to: plain files only. */
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

const isModule = (path: string): boolean => CODE.test(path) && !/\.d\.[cm]?ts$/.test(path) && !path.includes('*');
