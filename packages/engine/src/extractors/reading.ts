/** What every extractor is given: the files found, a bounded reader, and where to say what could not be read. */
import type { Config, ErrorCode, StatedVex } from '@breakwater/model';

/** A regular file inside the root; links are never followed out of it. */
export interface FoundFile {
  /** Relative to the root, `/` as separator. */
  readonly uri: string;
  readonly bytes: number;
}

/** A problem as an extractor states it; the pipeline adds who asked. */
export interface ReadProblem {
  readonly code: ErrorCode;
  readonly uri?: string;
  readonly line?: number;
  readonly message: string;
  readonly hint: string;
  readonly incomplete: boolean;
}

/** A file or folder with V8 coverage or CPU profiles. */
export interface NamedEvidence {
  /** Absolute. */
  readonly path: string;
  /** As the user named it. */
  readonly shown: string;
}

export interface Reading {
  /** Absolute path of the scanned root. Never shown to the user. */
  readonly root: string;
  /** Sorted by uri, code units. */
  readonly files: readonly FoundFile[];
  /** `sbom`: the one file is a bill of materials, not a source tree. */
  readonly kind: 'directory' | 'sbom';
  readonly config: Config;
  readonly offline: boolean;
  /** Absolute folder for content-addressed caches. */
  readonly cache: string;
  /** Absolute path of the advisory index folder. */
  readonly advisories: string;
  /** What VEX documents state that the user named on the command line. */
  readonly vex: readonly StatedVex[];
  /** Run-time evidence that the user named on the command line; it may lie outside of the root. */
  readonly coverage?: readonly NamedEvidence[];
  readonly signal: AbortSignal;
  /** UTF-8 text of a found file. Throws BreakwaterError BW3004 when it is larger than `maxBytes`. */
  readText(uri: string, maxBytes?: number): Promise<string>;
  /** The whole of a found file. Throws BreakwaterError BW3004 when it is larger than `maxBytes`, BW3003 when it cannot be read. */
  readBytes(uri: string, maxBytes: number): Promise<Buffer>;
  /** At most `length` bytes from `offset` on, fewer (even none) where the file ends before. Throws BreakwaterError BW3003. */
  readRange(uri: string, offset: number, length: number): Promise<Buffer>;
  readonly problem: (problem: ReadProblem) => void;
  /** One short phrase for the progress line: `linking 1,118 files`. */
  readonly progress: (doing: string) => void;
  /** What was looked at, for the coverage line: `412 packages`. */
  readonly looked: (what: string) => void;
}
