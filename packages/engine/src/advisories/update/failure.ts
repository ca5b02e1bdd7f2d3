/** Why a download failed: whether trying again can help, and how long the other side asks us to wait. */
export class Failure extends Error {
  readonly again: boolean;
  /** Milliseconds that the server named. */
  readonly waitMs: number | undefined;

  constructor(message: string, again: boolean, options: { readonly waitMs?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.again = again;
    this.waitMs = options.waitMs;
  }
}

const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNREFUSED: 'nothing answers at this address',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'the host does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
};

/** Writing to our own disk: another attempt would fail in the same way. */
const DISK: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'the cache folder cannot be written',
  EPERM: 'the cache folder cannot be written',
  EROFS: 'the cache folder cannot be written',
  ENOENT: 'the cache folder is gone',
  EDQUOT: 'the disk quota is used up',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]+$/.test(error.code) ? error.code : '';

/** Words of our own for what Node throws; text from the other side never gets into a message. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const disk = DISK[code];
  if (disk !== undefined) return new Failure(disk, false, { cause: error });
  // certificates, malformed answers and the like name themselves by code; the same would come again, but a try costs little
  return new Failure(NETWORK[code] ?? (code === '' ? 'the answer cannot be understood' : `the connection failed (${code})`), true, {
    cause: error,
  });
};
