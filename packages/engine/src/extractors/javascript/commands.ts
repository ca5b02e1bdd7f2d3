/** What a command line starts: files of the application, modules loaded before them, programs of packages. */
import { commandsIn } from './shell.ts';

export interface Started {
  /** Words of which the first that is a file is run by Node. */
  readonly scripts: readonly (readonly string[])[];
  /** `--require x`, `--import x`. */
  readonly preloads: readonly string[];
  /** Programs that may come from a package, with their arguments. */
  readonly programs: readonly { readonly name: string; readonly args: readonly string[] }[];
  /** Shell scripts of the application. */
  readonly shells: readonly string[];
  /** Code on the command line: `node -e '…'`. */
  readonly code: readonly string[];
}

const NODE = /^(?:node|nodejs|bun|deno)$/;
const SHELL = /^(?:ba|da|a|z)?sh$/;
const SCRIPT = /\.[cm]?[jt]s$/;
/** They run a file of the application inside of Node, and are packages themselves. */
const RUNNERS = new Set([
  'ts-node',
  'ts-node-dev',
  'ts-node-esm',
  'tsnd',
  'tsx',
  'nodemon',
  'babel-node',
  'esno',
  'esmo',
  'swc-node',
  'pm2',
  'pm2-runtime',
  'pm2-docker',
  'forever',
  'supervisor',
  'node-dev',
  'coffee',
  'c8',
  'nyc',
  'newrelic',
  'vite-node',
  'jiti',
]);
const WRAPPERS = new Set([
  'cross-env',
  'cross-env-shell',
  'env',
  'exec',
  'sudo',
  'nice',
  'time',
  'dumb-init',
  'tini',
  '/sbin/tini',
  '--',
  'npx',
  'bunx',
  'dotenv',
  'doppler',
  'run',
  'wait-for-it',
  'gosu',
  'su-exec',
  'command',
  'nohup',
  'then',
  'do',
  'else',
  'if',
  '!',
  '{',
]);
const MANAGERS = new Set(['npm', 'yarn', 'pnpm', 'cnpm']);
const PARALLEL = new Set(['concurrently', 'npm-run-all', 'npm-run-all2', 'run-p', 'run-s', 'run-z']);
const VALUED = new Set([
  '-C',
  '--conditions',
  '--env-file',
  '-P',
  '--project',
  '--tsconfig',
  '--ignore',
  '-i',
  '--ext',
  '--name',
  '-n',
  '--delay',
  '-d',
  '--experimental-config-file',
]);
const PRELOADS = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);
const EVALS = new Set(['-e', '--eval', '-p', '--print', '-pe']);

/** `line` is shell text, or the words of one command; `scripts` are those of package.json, for `npm start` inside of another script. */
export const startedBy = (line: string | readonly string[], scripts: Readonly<Record<string, string>>): Started => {
  const reader = new CommandReader(scripts);
  if (typeof line === 'string') reader.text(line);
  else reader.command(line);
  return reader;
};

class CommandReader implements Started {
  readonly scripts: (readonly string[])[] = [];
  readonly preloads: string[] = [];
  readonly programs: { readonly name: string; readonly args: readonly string[] }[] = [];
  readonly shells: string[] = [];
  readonly code: string[] = [];
  readonly #named: Readonly<Record<string, string>>;
  readonly #seen = new Set<string>();

  constructor(named: Readonly<Record<string, string>>) {
    this.#named = named;
  }

  text(text: string): void {
    if (this.#seen.has(text) || this.#seen.size > 200) return;
    this.#seen.add(text);
    for (const words of commandsIn(text)) this.command(words);
  }

  command(words: readonly string[]): void {
    const [first = '', ...args] = this.#unwrapped(words);
    const name = first.slice(first.lastIndexOf('/') + 1);
    if (RUNNERS.has(name)) this.programs.push({ name, args: [] });
    if (name === 'bun' && args.some((word) => Object.hasOwn(this.#named, word))) this.#manager(args);
    else if (NODE.test(name) || RUNNERS.has(name)) this.#node(args);
    else if (SHELL.test(name)) this.#shell(args);
    else if (name.endsWith('.sh')) this.#shell([first, ...args]);
    else if (MANAGERS.has(name)) this.#manager(args);
    else if (PARALLEL.has(name)) this.#parallel(args);
    else if (SCRIPT.test(name)) this.scripts.push([first]);
    else if (name !== '') this.programs.push({ name, args });
  }

  #unwrapped(words: readonly string[]): readonly string[] {
    let at = 0;
    for (; at < words.length; at += 1) {
      const word = words[at] ?? '';
      const options = /^NODE_OPTIONS=(.*)$/s.exec(word);
      if (options !== null) this.#flags((options[1] ?? '').split(/\s+/));
      const skipped =
        /^[A-Za-z_]\w*=/.test(word) || WRAPPERS.has(word) || (at > 0 && word.startsWith('-') && WRAPPERS.has(words[at - 1] ?? ''));
      if (!skipped) break;
    }
    return words.slice(at);
  }

  #node(args: readonly string[]): void {
    const candidates = this.#flags(args);
    if (candidates.length > 0) this.scripts.push(candidates);
  }

  /** Words that are no flag and no value of one. */
  #flags(args: readonly string[]): readonly string[] {
    const words: string[] = [];
    const rest = args.values();
    for (const word of rest) {
      if (!word.startsWith('-')) words.push(...(word === '' ? [] : [word]));
      else if (this.#flag(word, rest) === 'code') return []; // what follows are arguments of the code
    }
    return words;
  }

  /** Takes the value of a flag along. */
  #flag(word: string, rest: Iterator<string>): 'code' | undefined {
    const [flag = '', inline] = word.split(/=(.*)/s);
    const value = (): string => inline ?? next(rest);
    if (EVALS.has(flag)) {
      this.code.push(value());
      return 'code';
    }
    if (PRELOADS.has(flag)) this.preloads.push(value());
    else if (flag === '--exec' || flag === '-x') this.text(value());
    else if (VALUED.has(word)) next(rest);
    return undefined;
  }

  #shell(args: readonly string[]): void {
    const code = args.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (code >= 0) this.text(args[code + 1] ?? '');
    else if (args[0] !== undefined && !args[0].startsWith('-')) this.shells.push(args[0]);
  }

  #manager(args: readonly string[]): void {
    const words = args.filter((word) => !word.startsWith('-') && !['run', 'run-script', 'exec', 'x', 'dlx'].includes(word));
    const [name = ''] = words;
    const script = this.#named[name];
    if (script === undefined) {
      if (args.includes('exec') || args.includes('x')) this.command(words);
      return;
    }
    for (const each of [`pre${name}`, name, `post${name}`]) this.text(this.#named[each] ?? '');
  }

  #parallel(args: readonly string[]): void {
    for (const word of args) {
      const name = word.replace(/^npm:/, '');
      if (word.includes(' ')) this.text(word);
      else if (name.endsWith('*')) {
        for (const [key, text] of Object.entries(this.#named)) if (key.startsWith(name.replace(/\*+$/, ''))) this.text(text);
      } else this.text(this.#named[name] ?? '');
    }
  }
}

const next = (words: Iterator<string>): string => {
  const { value } = words.next();
  return typeof value === 'string' ? value : '';
};
