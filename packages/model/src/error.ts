/** Every error a user can see has a code, a sentence that says what happened and where, and what to do. */

/** BW1… use of the command · BW2… configuration · BW3… the target · BW4… data · BW5… a step failed · BW6… remediation · BW7… evidence. */
export type ErrorCode = `BW${number}`;

export class BreakwaterError extends Error {
  readonly code: ErrorCode;
  /** What to do, an imperative. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BreakwaterError';
    this.code = code;
    this.hint = hint;
  }
}
