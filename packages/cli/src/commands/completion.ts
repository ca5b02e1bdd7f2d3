/** `breakwater completion`: a script that completes commands and flags, made from the program itself. */
import type { Command } from 'commander';
import { UsageError } from '../terminal/exit.ts';
import type { Invocation } from './invocation.ts';

interface Words {
  /** `scan`, `evidence verify` */
  readonly path: string;
  readonly words: readonly string[];
}

export const completionAction = (shell: string, program: Command, _invocation: Invocation): void => {
  const scripts: Readonly<Record<string, (all: readonly Words[]) => string>> = {
    bash,
    zsh: (all) => `autoload -U +X bashcompinit && bashcompinit\n${bash(all)}`,
    fish,
  };
  const script = scripts[shell];
  if (script === undefined) throw new UsageError(`there is no completion for ${shell}`, [['shells', 'bash, zsh, fish']]);
  process.stdout.write(script(wordsOf(program, '')));
};

const wordsOf = (command: Command, path: string): readonly Words[] => [
  {
    path,
    words: [...command.commands.map((child) => child.name()), ...command.options.map((option) => option.long ?? ''), '--help']
      .filter((word) => word !== '')
      .sort(),
  },
  ...command.commands.flatMap((child) => wordsOf(child, `${path} ${child.name()}`.trim())),
];

const bash = (all: readonly Words[]): string => `_breakwater() {
  local word="\${COMP_WORDS[COMP_CWORD]}" path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in -*) ;; *) path="\${path:+$path }\${COMP_WORDS[i]}" ;; esac
  done
  case "$path" in
${all
  .map(({ path, words }) => `    '${path}'${path === '' ? '' : `|'${path} '*`}) words='${words.join(' ')}' ;;`)
  .reverse()
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _breakwater breakwater
`;

const fish = (all: readonly Words[]): string =>
  all
    .flatMap(({ path, words }) => {
      const condition =
        path === ''
          ? '__fish_use_subcommand'
          : path
              .split(' ')
              .map((word) => `__fish_seen_subcommand_from ${word}`)
              .join('; and ');
      return words.map(
        (word) => `complete -c breakwater -n '${condition}' ${word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`}`,
      );
    })
    .join('\n')
    .concat('\n');
