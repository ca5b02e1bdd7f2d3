/** The user's npm configuration: which registry to ask and how. Never the .npmrc of the scanned project, which is not the user's word. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'ini';

/** What pacote is told; keys as npm names them, `registry` absent = npm's own default. */
export interface RegistryOptions {
  readonly registry?: string;
  readonly [option: string]: unknown;
}

type Settings = Readonly<Record<string, string>>;

const WANTED =
  /^(registry|@[^/]+:registry|\/\/.+:(_authToken|_auth|username|_password|certfile|keyfile)|cafile|ca|cert|key|proxy|https-proxy|noproxy|strict-ssl)$/;

/** Global file, then user file, then `npm_config_*`: the later wins, as in npm. */
export const registryOptions = async (env: NodeJS.ProcessEnv = process.env): Promise<RegistryOptions> => {
  const named = fromEnvironment(env);
  const user = named['userconfig'] ?? join(homedir(), '.npmrc');
  const own = await settingsOf(user, env);
  const prefix = named['prefix'] ?? own['prefix'] ?? dirname(dirname(process.execPath));
  const shared = await settingsOf(named['globalconfig'] ?? join(prefix, 'etc', 'npmrc'), env);
  return optionsOf(Object.fromEntries(Object.entries({ ...shared, ...own, ...named }).filter(([key]) => WANTED.test(key))));
};

/**
 * Started by npm (`npx breakwater` inside a hostile project), the lower-case `npm_config_*` are npm's own export of all it read, the
 * project's .npmrc included, even the names of the user's and the global file. Only variables that the user spelled in capitals are
 * then the user's word.
 */
const isUsersWord = (name: string, env: NodeJS.ProcessEnv): boolean => env['npm_execpath'] === undefined || name === name.toUpperCase();

const fromEnvironment = (env: NodeJS.ProcessEnv): Settings => {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '' || !/^npm_config_/i.test(name) || !isUsersWord(name, env)) continue;
    const key = name.slice('npm_config_'.length);
    found[key.startsWith('//') ? key : key.replace(/(?!^)_/g, '-').toLowerCase()] = value;
  }
  return found;
};

const settingsOf = async (file: string, env: NodeJS.ProcessEnv): Promise<Settings> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  const entries = Object.entries(parse(text)).filter((entry) => ['string', 'boolean'].includes(typeof entry[1]));
  return Object.fromEntries(entries.map(([key, value]) => [key, expanded(String(value), env)]));
};

/** `${NAME}` stands for a variable of the environment; an unset one stays as written, as in npm. */
const expanded = (value: string, env: NodeJS.ProcessEnv): string =>
  value.replace(/\$\{([^${}]{1,200})\}/g, (whole, name: string) => env[name] ?? whole);

const optionsOf = async (settings: Settings): Promise<RegistryOptions> => {
  const { cafile, proxy, 'https-proxy': httpsProxy, noproxy, 'strict-ssl': strict, ca, ...rest } = settings;
  const authorities = cafile === undefined ? ca : await readFile(cafile, 'utf8').catch(() => ca);
  return {
    ...rest,
    ...(authorities === undefined ? {} : { ca: certificates(authorities) }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noproxy === undefined ? {} : { noProxy: noproxy }),
    strictSSL: strict !== 'false',
  };
};

const END = '-----END CERTIFICATE-----';
const certificates = (text: string): readonly string[] =>
  text
    .split(END)
    .filter((part) => part.trim() !== '')
    .map((part) => part.trimStart() + END);
