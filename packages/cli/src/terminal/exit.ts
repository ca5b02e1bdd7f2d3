/** How the command can end (DESIGN §4), and the error of a mistyped command; loaded at every start, so it needs nothing. */
export const EXIT = { passed: 0, blocked: 1, usage: 2, nothing: 3, incomplete: 4, server: 5, interrupted: 130 } as const;

/** A mistake in how the command was typed, with the lines that help. */
export class UsageError extends Error {
  readonly help: readonly (readonly [label: string, command: string])[];

  constructor(message: string, help: readonly (readonly [string, string])[]) {
    super(message);
    this.name = 'UsageError';
    this.help = help;
  }
}
