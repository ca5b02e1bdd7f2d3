/** What module resolution and the search for entry points read of a package.json; whatever is of another shape is absent. */

export interface Manifest {
  readonly name?: string;
  readonly main?: string;
  readonly module?: string;
  readonly bin: readonly string[];
  /** Name of a command → its file. */
  readonly commands: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces: readonly string[];
  /** `module-alias`: prefix → path. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Names under dependencies of any kind. */
  readonly declared: readonly string[];
  /** Names that the package ships in a node_modules of its own. */
  readonly bundled: readonly string[];
}

/** Undefined when it is not a JSON object. */
export const manifestFrom = (text: string): Manifest | undefined => {
  const value = parsed(text);
  if (!isTable(value)) return undefined;
  const commands = typeof value['bin'] === 'string' ? { [baseName(value['name'])]: value['bin'] } : texts(value['bin']);
  const workspaces = isTable(value['workspaces']) ? value['workspaces']['packages'] : value['workspaces'];
  return {
    ...optional('name', value['name']),
    ...optional('main', value['main']),
    ...optional('module', value['module']),
    commands,
    bin: Object.values(commands),
    exports: value['exports'] ?? undefined,
    imports: value['imports'] ?? undefined,
    scripts: texts(value['scripts']),
    workspaces: Array.isArray(workspaces) ? workspaces.filter((item) => typeof item === 'string') : [],
    aliases: texts(value['_moduleAliases']),
    bundled: bundledIn(value),
    declared: KINDS.flatMap((kind) => Object.keys(texts(value[kind]))),
  };
};

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** `true` stands for all that is needed to run. */
const bundledIn = (value: Readonly<Record<string, unknown>>): readonly string[] => {
  const stated = value['bundledDependencies'] ?? value['bundleDependencies'];
  if (stated === true) return Object.keys(texts(value['dependencies']));
  return Array.isArray(stated) ? stated.filter((name) => typeof name === 'string') : [];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optional = <K extends string>(key: K, value: unknown): { readonly [P in K]?: string } =>
  // one key, whose value was just seen to be a text
  (typeof value === 'string' ? { [key]: value } : {}) as { readonly [P in K]?: string };

const texts = (value: unknown): Readonly<Record<string, string>> => {
  const found: Record<string, string> = Object.create(null);
  for (const [key, item] of isTable(value) ? Object.entries(value) : []) if (typeof item === 'string') found[key] = item;
  return found;
};

const baseName = (name: unknown): string => (typeof name === 'string' ? name.replace(/^@[^/]*\//, '') : '');
