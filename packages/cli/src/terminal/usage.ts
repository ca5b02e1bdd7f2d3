/** Mistyped flags and commands: the nearest right one, ready to be copied. */
import { nearest } from '@breakwater/engine/lib/nearest';
import type { Command } from 'commander';
import { UsageError } from './exit.ts';

const pathOf = (command: Command): string => (command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`);

/** `argv` as typed: the suggestion repeats it with the one word corrected. */
export const unknownFlag = (command: Command, message: string, argv: readonly string[]): UsageError => {
  const typed = /'([^']+)'/.exec(message)?.[1] ?? '';
  const flags = command.options.flatMap((option) => [option.long ?? '', option.short ?? '']).filter((name) => name.startsWith('--'));
  const name = typed.split('=')[0] ?? typed;
  const guess = nearest(name, [...flags, '--help']);
  const corrected = argv.slice(2).map((word) => (word === name || word.startsWith(`${name}=`) ? word.replace(name, guess ?? name) : word));
  const help: [string, string][] = guess === undefined ? [] : [['did you mean', `breakwater ${corrected.join(' ')}`]];
  const where = command.parent === null ? '' : ` for ${pathOf(command).replace(/^breakwater /, '')}`;
  return new UsageError(`there is no flag ${name}${where}`, [...help, ['all flags', `${pathOf(command)} --help`]]);
};

export const unknownCommand = (command: Command, message: string): UsageError => {
  const typed = /'([^']+)'/.exec(message)?.[1];
  if (typed === undefined) return new UsageError(message.replace(/^error: /, ''), [['how to use it', `${pathOf(command)} --help`]]);
  const guess = nearest(
    typed,
    command.commands.map((child) => child.name()),
  );
  const help: [string, string][] = guess === undefined ? [] : [['did you mean', `${pathOf(command)} ${guess}`]];
  return new UsageError(`there is no command ${typed}`, [...help, ['all commands', `${pathOf(command)} --help`]]);
};
