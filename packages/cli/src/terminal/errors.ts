/** Errors in words: what happened, where, what to do; and the exit code that goes with them (DESIGN §4). */
import { BreakwaterError } from '@breakwater/model';
import { CommanderError } from 'commander';
import { EXIT, UsageError } from './exit.ts';
import type { Style } from './style.ts';

/** Help and version end a command without being an error. */
export const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === EXIT.passed;

/** BW1… and BW2… are use and configuration, BW6… a fix that was not made; the rest means that something was not looked at. */
export const exitCodeOf = (error: unknown): number => {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof BreakwaterError && /^BW[12]/.test(error.code)) return EXIT.usage;
  if (error instanceof BreakwaterError && error.code.startsWith('BW6')) return EXIT.blocked;
  return EXIT.incomplete;
};

export const sayError = (error: unknown, style: Style): string => {
  if (error instanceof UsageError) return usage(error, style);
  if (error instanceof BreakwaterError) return coded(error, style);
  const message = error instanceof Error ? error.message : String(error);
  const trace = process.env['BREAKWATER_DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `${style.paint('act', 'error')} ${style.text(message)}\n  This is a defect of Breakwater: please report it. BREAKWATER_DEBUG=1 shows where it happened.${trace}\n`;
};

const usage = ({ message, help }: UsageError, style: Style): string => {
  const width = Math.max(0, ...help.map(([label]) => label.length));
  const lines = help.map(([label, command]) => `  ${style.paint('dim', label.padEnd(width))}   ${style.paint('bold', command)}`);
  return `${[`${style.paint('act', 'error:')} ${style.text(message)}`, ...lines].join('\n')}\n`;
};

const coded = ({ code, message, hint }: BreakwaterError, style: Style): string => {
  const advice = hint.split('\n').map((line) => `  ${style.text(line)}`);
  return `${[`${style.paint('act', `error ${code}:`)} ${style.text(message)}`, ...advice, `  ${style.paint('dim', 'more')}   ${style.paint('bold', `breakwater explain ${code}`)}`].join('\n')}\n`;
};
