/** The `breakwater` command: parses, dispatches, and is the only place that turns an error into words and an exit code. */
import { createProgram } from './program.ts';
import { EXIT, exitCodeOf, isHelp, sayError } from './terminal/errors.ts';
import { styleOf } from './terminal/style.ts';
import { terminalOf } from './terminal/terminal.ts';

const abort = new AbortController();

/** The first Ctrl-C stops the steps in order; a second one does not wait for them. */
const onSignal = (): void => {
  if (abort.signal.aborted) process.exit(EXIT.interrupted);
  abort.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
// A reader that went away (`breakwater scan | head -1`) is no error of the scan.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.passed : EXIT.incomplete));

try {
  const program = createProgram(abort.signal, (code) => {
    process.exitCode = code;
  });
  await program.parseAsync(process.argv);
} catch (error) {
  if (isHelp(error)) process.exit(EXIT.passed);
  const noColor = process.argv.includes('--no-color');
  if (!abort.signal.aborted) process.stderr.write(sayError(error, styleOf(terminalOf(process.stderr, process.env, noColor))));
  process.exitCode = abort.signal.aborted ? EXIT.interrupted : exitCodeOf(error);
}
