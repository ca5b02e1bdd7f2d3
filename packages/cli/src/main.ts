/** The `breakwater` command: parses, dispatches, and is the only place that turns an error into words and an exit code. */
import { createProgram } from './program.ts';
import { EXIT } from './terminal/exit.ts';

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

/** Words for errors are loaded only when there is one. */
const explain = async (error: unknown): Promise<number> => {
  const { exitCodeOf, isHelp, sayError } = await import('./terminal/errors.ts');
  if (isHelp(error)) return EXIT.passed;
  const { terminalOf } = await import('./terminal/terminal.ts');
  const { styleOf } = await import('./terminal/style.ts');
  process.stderr.write(sayError(error, styleOf(terminalOf(process.stderr, process.env, process.argv.includes('--no-color')))));
  return exitCodeOf(error);
};

try {
  const program = createProgram(abort.signal, (code) => {
    process.exitCode = code;
  });
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = abort.signal.aborted ? EXIT.interrupted : await explain(error);
}
