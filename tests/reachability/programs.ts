/** The two programs of a fact: one that calls the package's API in the order stated, one that only loads the same modules. */
import { ARGUMENTS, SETUPS } from './arguments.ts';
import type { EntryCall } from './facts.ts';

export type Loading = 'require' | 'import';

interface Step {
  /** `const` of the module or of an earlier result. */
  readonly on: string;
  readonly members: readonly string[];
  readonly kind: EntryCall['kind'];
  /** Name of its own result. */
  readonly result: string;
}

const modulesOf = (calls: readonly EntryCall[]): readonly string[] => [...new Set(calls.map((call) => call.module))];

/** A package of ES modules exports names; what is called as the package itself is its default. */
const load = (module: string, at: number, calls: readonly EntryCall[], loading: Loading): string => {
  if (loading === 'require') return `const m${at} = require('${module}');`;
  const itself = calls.some((call) => call.module === module && (call.path === '' || call.path.startsWith('(')));
  return itself ? `import m${at} from '${module}';` : `import * as m${at} from '${module}';`;
};

const loads = (calls: readonly EntryCall[], loading: Loading): readonly string[] =>
  modulesOf(calls).map((module, at) => load(module, at, calls, loading));

export const importProgram = (calls: readonly EntryCall[], loading: Loading): string => `${loads(calls, loading).join('\n')}\n`;

/** `a.b().c` → [[a, b], [c]]: the members before each call, the last group being the ones after all of them. */
const groupsOf = (path: string): readonly (readonly string[])[] =>
  path.split('()').map((part) => part.split('.').filter((name) => name !== ''));

/** A result that no earlier call gave is called for without a word of the fact: as a call. */
const stepsOf = (calls: readonly EntryCall[]): readonly Step[] => {
  const modules = modulesOf(calls);
  const steps = new Map<string, Step>();
  const reach = ({ module, path, kind }: EntryCall): string => {
    const key = `${module}\0${path}`;
    const known = steps.get(key);
    if (known !== undefined) return known.result;
    const groups = groupsOf(path);
    const before = groups.slice(0, -1);
    const cut = path.lastIndexOf('()');
    const on = before.length === 0 ? `m${modules.indexOf(module)}` : reach({ module, path: path.slice(0, cut), kind: 'call' });
    const step: Step = { on, members: groups.at(-1) ?? [], kind, result: `r${steps.size}` };
    steps.set(key, step);
    return step.result;
  };
  for (const call of calls) reach(call);
  return [...steps.values()];
};

const member = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

/** What continues a promise, or listens, takes a function whatever else is tried. */
const fixedArguments = (name: string | undefined): string | undefined => {
  if (name === 'then' || name === 'catch' || name === 'finally') return 'ignore';
  return name === 'on' || name === 'once' ? "'data', ignore" : undefined;
};

const written = ({ on, members, kind, result }: Step, values: string): string => {
  const callee = `${on}${members.map(member).join('')}`;
  const call = `${kind === 'new' ? 'new ' : ''}${callee}(${fixedArguments(members.at(-1)) ?? values})`;
  return `  try {\n    ${result} = ${call};\n  } catch {}`;
};

const attempt = (steps: readonly Step[], given: (at: number) => string, at: number): string => {
  const lines = steps.map((step, index) => written(step, given(index)));
  return [`function attempt${at}() {`, `  let ${steps.map((step) => step.result).join(', ')};`, ...lines, '}', `attempt${at}();`].join(
    '\n',
  );
};

/** One function for each list of arguments, each called once; an error in one says nothing of the next. */
export const exploitProgram = (calls: readonly EntryCall[], loading: Loading): string => {
  const steps = stepsOf(calls);
  const last = steps.findLastIndex((step) => fixedArguments(step.members.at(-1)) === undefined);
  const setups = (values: string) => (last < 1 ? [['', '']] : [...SETUPS, [values, values]]);
  const tried = ARGUMENTS.flatMap((values) => setups(values).map(([first = '', others = '']) => ({ values, first, others })));
  const attempts = tried.map(({ values, first, others }, at) =>
    attempt(steps, (index) => (index === last ? values : index === 0 ? first : others), at),
  );
  const ignore = 'function ignore() {\n  return undefined;\n}';
  return `${[...loads(calls, loading), ignore, ...attempts].join('\n')}\n`;
};
