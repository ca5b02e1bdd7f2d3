/** What the RUN instructions of a Dockerfile execute. */
import type { Dockerfile, DockerInstruction } from '../../../../extractors/facts.ts';
import { type Split, splitCommands } from './split.ts';

export interface Command {
  /** Without its folder: `apt-get` for `/usr/bin/apt-get`. */
  readonly name: string;
  readonly arguments: readonly string[];
  /** `sudo`, `env`, `then` and the like that stood before. */
  readonly before: readonly string[];
  /** `NAME=value` before the command. */
  readonly assignments: readonly string[];
  /** What joins it to the command before: `|`, `&&`, `(` … */
  readonly operator: string;
}
export interface Run {
  readonly instruction: DockerInstruction;
  /** `--mount=…`, `--network=…`, `--security=…` of the instruction itself. */
  readonly flags: readonly string[];
  /** What is executed, without the flags. */
  readonly text: string;
  readonly commands: readonly Command[];
}

/** Every RUN, those under ONBUILD too: they run when the image is built upon. */
export const runsOf = (dockerfile: Dockerfile): readonly Run[] => {
  const runs = MEMO.get(dockerfile) ?? dockerfile.instructions.map(unwrapped).flatMap(runOf);
  MEMO.set(dockerfile, runs);
  return runs;
};

/** A dozen checks ask for the same file; the answer depends on the file alone. */
const MEMO = new WeakMap<Dockerfile, readonly Run[]>();

/** `ONBUILD RUN x` → `RUN x`, at the same place. */
export const unwrapped = (instruction: DockerInstruction): DockerInstruction => {
  if (instruction.name !== 'ONBUILD') return instruction;
  const [, name = '', rest = ''] = /^(\w+)\s*([\s\S]*)$/.exec(instruction.arguments) ?? [];
  return { ...instruction, name: name.toUpperCase(), arguments: rest };
};

const runOf = (instruction: DockerInstruction): readonly Run[] => {
  if (instruction.name !== 'RUN') return [];
  const flags: string[] = [];
  let text = instruction.arguments;
  for (let found = /^--\S+\s*/.exec(text); found !== null; found = /^--\S+\s*/.exec(text)) {
    flags.push(found[0].trim());
    text = text.slice(found[0].length);
  }
  return [{ instruction, flags, text, commands: commandsOf(text) }];
};

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);
export const isShell = (name: string): boolean => SHELLS.has(name);

const commandsOf = (text: string): readonly Command[] => {
  const words = execForm(text);
  const split: readonly Split[] = words === undefined ? splitCommands(withoutData(text)) : [{ words, operator: '' }];
  return split.flatMap(commandOf).flatMap(withScript);
};

/** `["sh", "-c", "…"]` */
const execForm = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((word) => typeof word === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** The body of `cat <<EOF >file` is data; that of `RUN <<EOF` or `bash <<EOF` is run. */
const withoutData = (text: string): string => {
  const lineEnd = text.indexOf('\n');
  if (lineEnd === -1) return text;
  const head = text.slice(0, lineEnd);
  const feeds = !head.includes('<<') || head.startsWith('<<') || isShell(head.split(/\s/, 1)[0] ?? '');
  return feeds ? text : head;
};

const PREFIXES: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'exec',
  'time',
  'command',
  'nohup',
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  '!',
  '{',
]);

const commandOf = ({ words, operator }: Split): readonly Command[] => {
  const before: string[] = [];
  const assignments: string[] = [];
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (/^[A-Za-z_]\w*=/.test(word)) assignments.push(word);
    else if (PREFIXES.has(word) || (before.includes('sudo') && word.startsWith('-'))) before.push(word);
    else break;
  }
  const name = (words[index] ?? '').split('/').pop() ?? '';
  return [{ name, arguments: words.slice(index + 1), before, assignments, operator }];
};

/** `sh -c "a && b"` also runs a and b. */
const withScript = (command: Command): readonly Command[] => {
  const flag = command.arguments.findIndex((word) => /^-\w*c$/.test(word));
  const script = isShell(command.name) && flag >= 0 ? command.arguments[flag + 1] : undefined;
  return script === undefined ? [command] : [command, ...splitCommands(script).flatMap(commandOf)];
};
