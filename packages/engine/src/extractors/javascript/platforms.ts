/** What configurations of platforms start: files by name, folders by convention, command lines; their texts are only searched. */
import { posix } from 'node:path';

/** `any`: paths relative to the folder of the configuration, of which the first that is there is meant. */
export interface Named {
  readonly any: readonly string[];
  /** It is code of Node for sure: when it is not there, what is started is not known. */
  readonly sure?: true;
}

export interface Configured {
  readonly files: readonly Named[];
  readonly commands: readonly string[];
}

type Reader = (text: string, uri: string) => Partial<Configured>;

const READERS: readonly (readonly [name: RegExp, read: Reader])[] = [
  [/^Procfile$/, (text) => ({ commands: captured(text, /^[\w-]{1,60}:[ \t]*(\S[^\n]*)$/gm) })],
  [/^(?:docker-)?compose[\w.-]*\.ya?ml$/, (text) => ({ commands: composed(text) })],
  [/^serverless[\w.-]*\.(?:ya?ml|json|[cm]?[jt]s)$/, (text, uri) => ({ files: handlers(text, uri) })],
  [/^(?:template|sam)[\w.-]*\.(?:ya?ml|json)$/, (text, uri) => ({ files: handlers(text, uri) })],
  [/^(?:ecosystem|pm2|process)[\w.]*\.(?:[cm]?js|json|ya?ml)$/, (text) => ({ files: scripts(text) })],
  [/^nest-cli\.json$/, (text) => ({ files: nest(text) })],
  [/^wrangler\.(?:toml|jsonc?)$/, (text) => ({ files: wrangler(text) })],
  [/^netlify\.toml$/, (text) => ({ files: netlify(text) })],
  [/^vercel\.json$/, (text) => ({ files: vercel(text) })],
  [/^function\.json$/, (text) => ({ files: azure(text) })],
  [/^action\.ya?ml$/, (text) => ({ files: sure(captured(text, /^[ \t]+(?:main|pre|post):[ \t]*['"]?([^\s'"#]{1,300})/gm)) })],
  [/^(?:deno|package)\.jsonc?$/, (text, uri) => (/deno\.jsonc?$/.test(uri) ? { commands: deno(text) } : {})],
  [/^(?:fly|railway|nixpacks)\.(?:toml|json)$/, (text) => ({ commands: tomlCommands(text) })],
  [
    /^(?:render|app|heroku)\.ya?ml$/,
    (text) => ({ commands: captured(text, /^[ \t]*(?:-[ \t]*)?(?:startCommand|entrypoint|web|worker):[ \t]*(\S[^\n]*)$/gm) }),
  ],
  [/^(?:vite|webpack|rollup|rspack|rsbuild|tsup|esbuild|vue)[\w.-]*\.[cm]?[jt]s$/, (text) => ({ files: bundled(text) })],
  [/^(?:angular|project|workspace)\.json$/, (text) => ({ files: angular(text) })],
  [/^index\.html$/, (text) => ({ files: maybe(captured(text, /<script\b[^>]{0,300}?\bsrc=["']\/?([^"':]{1,300}\.[cm]?[jt]sx?)["']/g)) })],
];

export const isConfiguration = (uri: string): boolean => READERS.some(([name]) => name.test(posix.basename(uri)));

export const configuredIn = (uri: string, text: string): Configured => {
  const found = READERS.filter(([name]) => name.test(posix.basename(uri))).map(([, read]) => read(text, uri));
  return { files: found.flatMap((each) => each.files ?? []), commands: found.flatMap((each) => each.commands ?? []) };
};

const captured = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);

const maybe = (paths: readonly string[]): readonly Named[] => paths.map((path) => ({ any: [path] }));
const sure = (paths: readonly string[]): readonly Named[] => paths.map((path) => ({ any: [path], sure: true }));

const composed = (text: string): readonly string[] =>
  captured(text, /^[ \t]*(?:command|entrypoint):[ \t]*(\S[^\n]*)$/gm).map((line) =>
    line.startsWith('[') ? line.replace(/[[\]",']/g, ' ') : line.replace(/^(["'])(.*)\1$/, '$2'),
  );

/** AWS: `src/x.run` is the function `run` of src/x, below one of the folders that the template names as code. */
const handlers = (text: string, uri: string): readonly Named[] => {
  const found = captured(text, /\b[Hh]andler['"]?[ \t]*:[ \t]*['"`]?([\w./-]{1,300})\.\w+/g);
  const bases = ['', ...captured(text, /\bCodeUri['"]?[ \t]*:[ \t]*['"]?([\w./-]{1,300})/g)];
  const built = captured(text, /^[ \t]*-[ \t]+['"]?([\w./-]{1,300}\.[cm]?[jt]sx?)['"]?[ \t]*$/gm); // EntryPoints of esbuild
  const ofNode = /\bnodejs\d/i.test(text);
  const named = found.map((path): Named => ({ any: bases.map((base) => posix.join(base, path)), ...(ofNode ? { sure: true } : {}) }));
  const computed = /\.[cm]?[jt]s$/.test(uri) ? maybe(['**/handler.{js,ts,mjs,mts}', '**/handlers/**/*.{js,ts,mjs,mts}']) : [];
  return [...named, ...built.map((path): Named => ({ any: bases.map((base) => posix.join(base, path)) })), ...computed];
};

const scripts = (text: string): readonly Named[] =>
  maybe(captured(text, /\bscript['"]?[ \t]*:[ \t]*['"]?([\w./-]{1,300})/g).filter((path) => /[./]/.test(path)));

/** @see https://docs.nestjs.com/cli/monorepo */
const nest = (text: string): readonly Named[] => {
  const file = captured(text, /"entryFile"\s*:\s*"([^"]{1,300})"/g)[0] ?? 'main';
  const files = new Set([file, ...captured(text, /"entryFile"\s*:\s*"([^"]{1,300})"/g)]);
  const roots = captured(text, /"sourceRoot"\s*:\s*"([^"]{1,300})"/g);
  return (roots.length === 0 ? ['src'] : roots).flatMap((root) => [...files].map((each) => ({ any: [posix.join(root, each)] })));
};

const wrangler = (text: string): readonly Named[] => [
  ...sure(captured(text, /^[ \t]*["']?main["']?[ \t]*[:=][ \t]*["']([^"'\n]{1,300})["']/gm)),
  ...(text.includes('pages_build_output_dir') ? maybe(['functions/**/*.{js,ts,jsx,tsx,mjs}']) : []),
];

const FUNCTIONS = '**/*.{js,ts,mjs,mts,cjs,cts,jsx,tsx}';

const netlify = (text: string): readonly Named[] => {
  const named = captured(text, /^[ \t]*(?:functions|directory|edge_functions)[ \t]*=[ \t]*["']([^"'\n]{1,300})["']/gm);
  return maybe([...named, 'netlify/functions', 'netlify/edge-functions'].map((folder) => posix.join(folder, FUNCTIONS)));
};

const vercel = (text: string): readonly Named[] =>
  maybe([`api/${FUNCTIONS}`, ...captured(text, /"(?:src|use)"\s*:\s*"([^"@]{1,300}\.[cm]?[jt]sx?)"/g)]);

const azure = (text: string): readonly Named[] => {
  if (!text.includes('"bindings"')) return [];
  const named = captured(text, /"scriptFile"\s*:\s*"([^"]{1,300})"/g);
  return maybe(named.length > 0 ? named : ['index']);
};

const deno = (text: string): readonly string[] => captured(text, /"[\w:.-]{1,80}"\s*:\s*"((?:deno|bun|node)\s[^"\n]{1,500})"/g);

const tomlCommands = (text: string): readonly string[] =>
  captured(
    text,
    /["']?(?:startCommand|cmd|app|web|worker)["']?[ \t]*[:=][ \t]*["']((?:node|npm|pnpm|yarn|bun|deno|npx|sh|\.\/)[^"'\n]{1,500})["']/g,
  );

/** Of `input`, `entry` or `entryPoints` the texts that follow it closely and name a module. */
const bundled = (text: string): readonly Named[] => {
  const after = [...text.matchAll(/\b(?:input|entry|entryPoints)['"]?[ \t]*[:=]/g)]
    .slice(0, 20)
    .map(({ index }) => text.slice(index, index + 600));
  return maybe(after.flatMap((part) => captured(part, /['"`](\.{0,2}\/?[\w@./-]{1,200}\.[cm]?[jt]sx?)['"`]/g)));
};

const angular = (text: string): readonly Named[] =>
  text.includes('"projects"') || text.includes('"targets"')
    ? maybe(captured(text, /"(?:main|browser|server|entry|ssr)"\s*:\s*"([^"]{1,300}\.[cm]?[jt]sx?)"/g))
    : [];
