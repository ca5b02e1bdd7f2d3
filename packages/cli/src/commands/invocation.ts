/** What every command is given by the program: when to stop, and where to say how it ended. */
export interface Invocation {
  readonly signal: AbortSignal;
  readonly exit: (code: number) => void;
}
