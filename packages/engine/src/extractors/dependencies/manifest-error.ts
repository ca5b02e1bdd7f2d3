/** A manifest or lockfile that is not as its format says. */

/** `message` continues `X could not be read: `: what was expected and found. `line` is 1-based. */
export class ManifestError extends Error {
  readonly line: number;
  constructor(message: string, line = 1) {
    super(message);
    this.name = 'ManifestError';
    this.line = line;
  }
}
